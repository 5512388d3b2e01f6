import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const source = join(__dirname, "..", "..", "app", "src", "log-output.ts");

/** What `script` writes with the output of openLogOutput, its system calls one an element, and its exit code. */
function run(script: string): { readonly writes: readonly string[]; readonly exit: number | null } {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      "--require",
      require.resolve("sucrase/register/ts"),
      "--eval",
      `const fs = require("node:fs");
       const writeSync = fs.writeSync;
       fs.writeSync = (fd, data, ...rest) => writeSync(fd, data + "|", ...rest) - 1;
       const output = require(${JSON.stringify(source)}).openLogOutput();
       ${script}`,
    ],
    { encoding: "utf8" },
  );
  assert.equal(stderr, "");
  return { writes: stdout.split("|").slice(0, -1), exit: status };
}

describe("openLogOutput", () => {
  it("writes the lines of one turn at its end, in order and in one go", () => {
    const { writes, exit } = run(`
      output.write("1\\n"); output.write("2\\n");
      setTimeout(() => { output.write("3\\n"); Promise.resolve().then(() => output.write("4\\n")); }, 20);
    `);

    assert.deepEqual([writes, exit], [["1\n2\n", "3\n4\n"], 0]);
  });

  it("keeps no more than 8 KiB of them", () => {
    const { writes } = run(`
      for (let line = 0; line < 100; line += 1) output.write(String(line).padStart(1023, "0") + "\\n");
    `);

    assert.ok(writes.length > 10, `${writes.length} writes`);
    assert.ok(Math.max(...writes.map(({ length }) => length)) <= 9 * 1024);
    assert.deepEqual(
      writes.join("").trim().split("\n").map(Number),
      Array.from({ length: 100 }, (_, line) => line),
    );
  });

  it("loses no line when the process exits, and none that it is told to flush", () => {
    const exited = run('output.write("last words\\n"); process.exit(3);');
    const killed = run(
      'output.write("a\\n"); output.flushSync(); process.kill(process.pid, "SIGKILL");',
    );

    assert.deepEqual([exited.writes, exited.exit], [["last words\n"], 3]);
    assert.deepEqual([killed.writes, killed.exit], [["a\n"], null]);
  });
});
