"use strict";

const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join } = require("node:path");
const { deserialize, serialize } = require("node:v8");
const vm = require("node:vm");

/**
 * Lets `require` load TypeScript, and keeps between runs what takes half the time of a start: the
 * types stripped from this project's files, and the code that V8 compiles from more than a thousand
 * files of the Pulumi SDK. What is kept belongs to the hash of its source. A folder that cannot be
 * read or written only costs time.
 *
 * @param {string} directory where to keep it
 * @param {(source: string, file: string) => string} transpile TypeScript to JavaScript
 */
function install(directory, transpile) {
  const store = new Store(join(directory, `${process.version}-${process.arch}`));
  require.extensions[".ts"] = (module, file) => {
    const source = readFileSync(file, "utf8");
    const known = store.find(file, "stripped", source);
    const code = known ?? transpile(source, file);
    if (known === undefined) store.keep(file, "stripped", source, () => code);
    module._compile(code, file);
  };
  // Node has a cache of compiled code of its own from version 22.1.
  if (Module.enableCompileCache) Module.enableCompileCache(directory);
  else keepCompiledCode(store);
  process.once("exit", () => {
    store.save();
  });
}

/** Compiles CommonJS modules as Node does, with the code that V8 made of the same source before. */
function keepCompiledCode(store) {
  const compileAsNode = Module.prototype._compile;
  Module.prototype._compile = function compile(source, file, format) {
    if (format === "module") return compileAsNode.call(this, source, file, format);
    const cachedData = store.find(file, "compiled", source);
    // Code from a cache has lost what Node 20 needs to know for import().
    if (cachedData === undefined && dynamicImport.test(source)) {
      return compileAsNode.call(this, source, file, format);
    }
    const script = new vm.Script(Module.wrap(source.replace(/^#!.*/, "")), {
      filename: file,
      cachedData,
    });
    const known = cachedData !== undefined && !script.cachedDataRejected;
    // Taken at the end, because functions are compiled when they are called first.
    if (!known) store.keep(file, "compiled", source, () => script.createCachedData());
    const run = script.runInThisContext();
    return run.call(this.exports, this.exports, requireOf(this), this, file, dirname(file));
  };
}

/** Takes a comment for a call at worst; the texts in which the TypeScript compiler quotes it are none. */
const dynamicImport = /(?<!["'`]|typeof )\bimport\s*\(/;

/** The `require` that Node gives a module. */
function requireOf(module) {
  const require = (id) => module.require(id);
  require.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  require.resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  require.main = process.mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

/** What is made of sources, by file and kind, in one file. */
class Store {
  #file;
  #known;
  #fresh = new Map();

  constructor(file) {
    this.#file = file;
    try {
      this.#known = deserialize(readFileSync(file));
    } catch {
      this.#known = new Map();
    }
  }

  /** The value that was kept for this source, or undefined. */
  find(file, kind, source) {
    const entry = this.#known.get(file)?.[kind];
    return entry?.hash === hashOf(source) ? entry.value : undefined;
  }

  /** Keeps what `make` gives when the process ends. */
  keep(file, kind, source, make) {
    this.#fresh.set(`${kind} ${file}`, { file, kind, hash: hashOf(source), make });
  }

  save() {
    if (this.#fresh.size === 0) return;
    // Copies of the project come and go, and what was kept of them would be read at every start.
    for (const file of this.#known.keys()) if (!isThere(file)) this.#known.delete(file);
    for (const { file, kind, hash, make } of this.#fresh.values()) {
      this.#known.set(file, { ...this.#known.get(file), [kind]: { hash, value: make() } });
    }
    const whole = `${this.#file}-${process.pid}`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(whole, serialize(this.#known));
      renameSync(whole, this.#file); // Another run may be reading the file.
    } catch {
      // Without the file the next start is slow, and right.
    }
  }
}

/** The worktrees of comparisons come back to the same few paths. */
const WORKTREE = /^(.*[\\/]preview-against)[\\/]\d+[\\/]/;

function isThere(file) {
  return existsSync(WORKTREE.exec(file)?.[1] ?? file);
}

function hashOf(source) {
  return createHash("sha1").update(source).digest("latin1");
}

module.exports = { install };
