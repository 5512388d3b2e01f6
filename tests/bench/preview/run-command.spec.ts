import * as assert from "node:assert/strict";

import { runCommand } from "../../../bench/preview/run-command";

describe("runCommand", () => {
  const node = (script: string) => ({
    file: process.execPath,
    args: ["-e", script],
    cwd: process.cwd(),
    env: process.env,
  });
  const signal = new AbortController().signal;
  // Longer than any test here waits, and short enough to leave nothing behind when one fails.
  const long = "setTimeout(() => {}, 10_000)";
  const parentOf = (script: string) =>
    `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(script)}], { stdio: "inherit" });` +
    'console.log("started")';

  it("resolves with the standard output and the time of the whole run", async () => {
    const started = Date.now();

    const { stdout, wallMs } = await runCommand(
      node('console.error("aside"); console.log("result")'),
      { timeLimitMs: 10_000, signal },
    );

    assert.equal(stdout, "result\n");
    assert.ok(wallMs > 5 && wallMs <= Date.now() - started + 1, `got ${wallMs}`);
  });

  it("rejects with exit code and output when the command fails", async () => {
    const script = 'console.log("out"); console.error("fault"); process.exitCode = 3';

    await assert.rejects(
      runCommand(node(script), { timeLimitMs: 10_000, signal }),
      (error: Error) => {
        assert.ok(error.message.startsWith(`${process.execPath} -e ${script}: ended with 3\n`));
        assert.match(error.message, /^out$/m);
        assert.match(error.message, /^fault$/m);
        return true;
      },
    );
  });

  it("rejects when the command cannot be started", async () => {
    await assert.rejects(
      runCommand({ ...node(""), file: "/nonexistent/program" }, { timeLimitMs: 10_000, signal }),
      new Error("/nonexistent/program: cannot be started: spawn /nonexistent/program ENOENT"),
    );
  });

  it("ends the command and its children when the time is over", async () => {
    // The child holds the output open: the run ends only once both processes have.
    await assert.rejects(
      runCommand(node(parentOf(long)), { timeLimitMs: 500, signal }),
      /: took longer than 0\.5 s\nstarted$/,
    );
  }).timeout(4000);

  it("ends the command when the signal is aborted", async () => {
    const interruption = new AbortController();
    const run = runCommand(node(long), { timeLimitMs: 10_000, signal: interruption.signal });

    interruption.abort();

    await assert.rejects(run, /: was stopped\n$/);
  }).timeout(4000);

  it("starts nothing after the signal was aborted", async () => {
    const interruption = new AbortController();
    interruption.abort(new Error("interrupted"));

    await assert.rejects(
      runCommand(node(""), { timeLimitMs: 10_000, signal: interruption.signal }),
      new Error("interrupted"),
    );
  });
});
