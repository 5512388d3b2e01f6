"use strict";

// Loads TypeScript without a build step and without the engine's TypeScript compiler, which would check or
// transpile every file at each start; types are checked by `npm run check:types`, so this only removes them.
const { readFileSync } = require("node:fs");
const { transform } = require("sucrase");

// A loader that is there already, such as that of `npm run preview`, keeps what it has transpiled.
require.extensions[".ts"] ??= (module, filePath) => {
  const source = readFileSync(filePath, "utf8");
  const { code } = transform(source, {
    // Lines stay where they are, so that stack traces and source positions name the right ones.
    transforms: ["typescript", "imports"],
    disableESTransforms: true,
    filePath,
  });
  module._compile(code, filePath);
};
