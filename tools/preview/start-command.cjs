"use strict";

const { join } = require("node:path");
const { install } = require("./compile-cache.cjs");

/**
 * Starts a command that is written in TypeScript, without a build step.
 *
 * @param main file that exports main()
 * @param cache name of the folder, below node_modules/.cache, that keeps what was compiled
 */
function start(main, cache) {
  install(join(__dirname, "../../node_modules/.cache", cache), (source, file) => {
    const { transform } = require("sucrase");
    return transform(source, {
      // Lines stay where they are, so that stack traces and the preview name the right ones.
      transforms: ["typescript", "imports"],
      disableESTransforms: true,
      filePath: file,
    }).code;
  });
  try {
    require(main).main();
  } catch (error) {
    const isPackage = /^Cannot find (module|package) '[^./]/.test(error.message);
    if (error.code !== "MODULE_NOT_FOUND" || !isPackage) throw error;
    process.stderr.write("error: packages are missing; run npm ci first\n");
    process.exitCode = 1;
  }
}

module.exports = { start };
