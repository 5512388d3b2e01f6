import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../../../tools/promote/run-program";

describe("runProgram", () => {
  let folder = "";
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "run-program-")));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs a program of a PATH of its own. */
  function ran(script: string, more: Partial<Parameters<typeof runProgram>[0]> = {}) {
    writeFileSync(join(folder, "program"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const shown = { stdout: "", stderr: "" };
    const ended = runProgram(
      {
        ...{ program: "program", args: [], input: "", directory: folder },
        environment: { PATH: `${folder}:/bin:/usr/bin` },
        ...more,
      },
      {
        stdout: { write: (text) => (shown.stdout += text) },
        stderr: { write: (text) => (shown.stderr += text) },
      },
    );
    return ended.then((end) => ({ ...end, shown }));
  }

  it("gives what the program of the PATH prints, and shows it", async () => {
    assert.deepEqual(await ran("echo out; echo err >&2; exit 3"), {
      code: 3,
      stdout: "out\n",
      stderr: "err\n",
      shown: { stdout: "out\n", stderr: "err\n" },
    });
  });

  it("shows nothing where nobody looks", async () => {
    writeFileSync(join(folder, "program"), "#!/bin/sh\necho out\n", { mode: 0o755 });
    const environment = { PATH: `${folder}:/bin:/usr/bin` };

    assert.deepEqual(
      await runProgram({ program: "program", args: [], input: "", directory: folder, environment }),
      { code: 0, stdout: "out\n", stderr: "" },
    );
  });

  it("hands over arguments as they are, the input, the folder, and the environment alone", async () => {
    const { stdout } = await ran('printf "%s|" "$@"; cat; pwd; echo "$NAME ${HOME-none}"', {
      args: ["a b", "$HOME", "*"],
      input: "password\n",
      environment: { PATH: `${folder}:/bin:/usr/bin`, NAME: "value" },
    });

    assert.equal(stdout, `a b|$HOME|*|password\n${folder}\nvalue none\n`);
  });

  it("does not mind a program that ends without reading its input", async () => {
    assert.equal((await ran("exit 0", { input: "x".repeat(1 << 20) })).code, 0);
  });

  it("tells a signal from an exit", async () => {
    assert.equal((await ran("kill -9 $$")).code, undefined);
  });

  it("fails where there is no such program", async () => {
    await assert.rejects(ran("", { program: "other" }), { code: "ENOENT" });
  });

  it("outlives the interrupt that ends the program, and listens to none afterwards", async () => {
    const before = ["SIGINT", "SIGTERM"].map((name) => process.listenerCount(name));
    const running = ran("exec sleep 60");
    process.emit("SIGINT", "SIGINT");
    process.emit("SIGTERM", "SIGTERM");

    assert.equal((await running).code, undefined);
    assert.deepEqual(
      ["SIGINT", "SIGTERM"].map((name) => process.listenerCount(name)),
      before,
    );
  });
});
