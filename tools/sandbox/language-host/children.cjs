"use strict";

const { spawn } = require("node:child_process");

/** Programs and packs that are running. */
const children = new Set();

/**
 * Starts a Node.js process that ends with this one.
 *
 * @param {string[]} args of node
 * @param {import("node:child_process").SpawnOptions} options
 */
function startNode(args, options) {
  const child = spawn(process.execPath, args, options);
  children.add(child);
  child.once("close", () => children.delete(child));
  return child;
}

function endChildren() {
  for (const child of children) child.kill();
}

module.exports = { endChildren, startNode };
