import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { deserialize } from "node:v8";

const compileCache = resolve(__dirname, "../../../tools/preview/compile-cache.cjs");

describe("compile cache", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "compile-cache-"));
    write("greeting.ts", "const greeting: string = 'hello';\nmodule.exports = { greeting };\n");
    write(
      "module.js",
      `#!/usr/bin/env node
module.exports = {
  line: () => new Error("here").stack.match(/module\\.js:(\\d+)/)[1],
  resolved: require.resolve("./greeting.ts") === __dirname + "/greeting.ts",
  main: require.main.filename === __dirname + "/main.cjs",
};
`,
    );
    write("esm.mjs", "import { sep } from 'node:path';\nexport const esm = sep;\n");
    write("importing.js", 'module.exports = () => import("node:path").then(({ sep }) => sep);\n');
    write(
      "main.cjs",
      `const transpiled = [];
require(${JSON.stringify(compileCache)}).install(process.argv[2], (source, file) => {
  transpiled.push(require("node:path").basename(file));
  return source.replace(": string", "");
});
const { greeting } = require("./greeting.ts");
const { line, resolved, main } = require("./module.js");
const { esm } = require("./esm.mjs");
require("./importing.js")().then((separator) =>
  console.log(JSON.stringify({ transpiled, greeting, line: line(), resolved, main, separator, esm })),
);
`,
    );
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  function write(name: string, text: string): void {
    writeFileSync(join(directory, name), text);
  }

  function start(cache: string, folder = directory): unknown {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [join(folder, "main.cjs"), cache],
      { encoding: "utf8", env: {} },
    );
    assert.deepEqual([stderr, status], ["", 0]);
    return JSON.parse(stdout);
  }

  /** Files of which something is kept. */
  const keptIn = (cache: string): string[] => {
    const file = join(cache, `${process.version}-${process.arch}`);
    return [...(deserialize(readFileSync(file)) as Map<string, unknown>).keys()];
  };

  const right = {
    transpiled: [],
    greeting: "hello",
    line: "3",
    resolved: true,
    main: true,
    separator: "/",
    esm: "/",
  };

  it("runs modules as Node does and transpiles once for each text of a file", () => {
    const cache = join(directory, "deep/cache");

    assert.deepEqual(start(cache), { ...right, transpiled: ["greeting.ts"] });
    assert.deepEqual(start(cache), right);
    write("greeting.ts", "const greeting: string = 'aloha';\nmodule.exports = { greeting };\n");
    assert.deepEqual(start(cache), { ...right, transpiled: ["greeting.ts"], greeting: "aloha" });
    assert.deepEqual(start(cache), { ...right, greeting: "aloha" });
  });

  /** Starts a copy in a folder, removes it and keeps something else. */
  const startCopy = (cache: string, copy: string): void => {
    mkdirSync(copy, { recursive: true });
    for (const name of readdirSync(directory).filter((each) => each.includes("."))) {
      copyFileSync(join(directory, name), join(copy, name));
    }
    start(cache, copy);
    assert.ok(keptIn(cache).some((file) => file.startsWith(copy)));
    rmSync(copy, { recursive: true });
    start(cache);
  };

  it("forgets files that are gone when it keeps others", () => {
    const copy = join(directory, "copy");
    const cache = join(directory, "cache");
    startCopy(cache, copy);

    assert.ok(keptIn(cache).includes(join(directory, "greeting.ts")));
    assert.deepEqual(
      keptIn(cache).filter((file) => file.startsWith(copy)),
      [],
    );
    assert.deepEqual(start(cache), right);
  });

  it("keeps those of a comparison's worktree as long as its repository is there", () => {
    const folder = join(directory, "clone/preview-against");
    const cache = join(directory, "cache");
    startCopy(cache, join(folder, "0"));
    const kept = keptIn(cache).filter((file) => file.startsWith(folder));
    assert.ok(kept.includes(join(folder, "0/greeting.ts")));

    rmSync(folder, { recursive: true });
    write("greeting.ts", "const greeting: string = 'aloha';\nmodule.exports = { greeting };\n");
    start(cache);
    assert.deepEqual(
      keptIn(cache).filter((file) => file.startsWith(folder)),
      [],
    );
  });

  it("runs without a cache that is broken or cannot be written", () => {
    const cache = join(directory, "cache");
    start(cache);
    for (const name of readdirSync(cache)) {
      rmSync(join(cache, name), { recursive: true });
      writeFileSync(join(cache, name), "broken");
    }
    const file = join(directory, "file");
    writeFileSync(file, "");

    assert.deepEqual(start(cache), { ...right, transpiled: ["greeting.ts"] });
    assert.deepEqual(start(join(file, "cache")), { ...right, transpiled: ["greeting.ts"] });
  });
});
