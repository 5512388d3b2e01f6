import assert from "node:assert/strict";
import { once } from "node:events";
import { runPulumi, runQuietly } from "../../../tools/sandbox/run-pulumi";

const shell = (script: string) => ({
  pulumi: "/bin/sh",
  args: ["-c", script],
  env: {},
  cwd: "/",
});

describe("runPulumi", () => {
  it("gives the exit code, and that of a shell for a signal", async () => {
    assert.equal(await runPulumi(shell("exit 3")), 3);
    assert.equal(await runPulumi(shell("kill -9 $$")), 137);
  });

  it("leaves an interrupt to the CLI and waits for it", async () => {
    // The signal may come after the CLI has ended, and must not end the tests then.
    const interrupted = once(process, "SIGINT");
    const before = process.listenerCount("SIGINT");
    const running = runPulumi(shell("kill -2 $PPID; exit 5"));

    assert.equal(process.listenerCount("SIGINT"), before + 1);
    assert.equal(await running, 5);
    await interrupted;
    assert.equal(process.listenerCount("SIGINT"), before - 1);
  });
});

describe("runQuietly", () => {
  it("gives the CLI's own words where it fails", () => {
    runQuietly(shell("exit 0"));

    assert.throws(
      () => {
        runQuietly(shell("echo 'error: no such stack' >&2; exit 1"));
      },
      {
        name: "SandboxError",
        message: "`pulumi -c echo 'error: no such stack' >&2; exit 1` failed: no such stack",
      },
    );
  });
});
