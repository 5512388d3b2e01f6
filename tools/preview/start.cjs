"use strict";

// Starts cli.ts without a build step.
const { join } = require("node:path");
const { install } = require("./compile-cache.cjs");

install(join(__dirname, "../../node_modules/.cache/preview"), (source, file) => {
  const { transform } = require("sucrase");
  return transform(source, {
    // Lines stay where they are, so that stack traces and the preview name the right ones.
    transforms: ["typescript", "imports"],
    disableESTransforms: true,
    filePath: file,
  }).code;
});

require("./cli.ts").main();
