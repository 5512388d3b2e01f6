"use strict";

const { join } = require("node:path");
const { transform } = require("sucrase");
const { install } = require("../../tools/preview/compile-cache.cjs");

// As the commands load it, so that a worker of the tests does not compile what an earlier run compiled.
install(join(__dirname, "../../node_modules/.cache/tests"), (source, file) => {
  const { code } = transform(source, {
    transforms: ["typescript", "imports"],
    disableESTransforms: true,
    filePath: file,
  });
  return code;
});
