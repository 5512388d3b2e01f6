"use strict";

// Starts index.ts without a build step. The engine's runner has registered a TypeScript compiler that
// checks types at every start; they are checked by `npm run check:types`, so this only removes them.
const { readFileSync } = require("node:fs");
const { transform } = require("sucrase");

require.extensions[".ts"] = (module, filePath) => {
  const source = readFileSync(filePath, "utf8");
  const { code } = transform(source, {
    // Lines stay where they are, so that stack traces name the right ones.
    transforms: ["typescript", "imports"],
    disableESTransforms: true,
    filePath,
  });
  module._compile(code, filePath);
};

require("./index.ts");
