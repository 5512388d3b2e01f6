import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../../tools/ci/run-command";

describe("runCommand", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "run-command-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  const shell = (script: string, graceMs?: number) =>
    runCommand("/bin/sh", ["-c", script], directory, graceMs);
  const listeners = () =>
    ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => process.listenerCount(signal));

  it("gives the exit code, and that of a shell for a signal", async () => {
    assert.deepEqual(await shell("exit 3"), { code: 3, interruptedBy: undefined });
    assert.deepEqual(await shell("kill -9 $$"), { code: 137, interruptedBy: undefined });
  });

  it("runs in the folder that is given, with nothing to read", async () => {
    await shell("pwd > place; cat > read");

    assert.equal(readFileSync(join(directory, "place"), "utf8").trim(), directory);
    assert.equal(readFileSync(join(directory, "read"), "utf8"), "");
  });

  it("fails for a command that is missing, and listens to no signal then", async () => {
    const before = listeners();

    await assert.rejects(runCommand("/nowhere/npm", [], directory), { code: "ENOENT" });
    assert.deepEqual(listeners(), before);
  });

  it("passes a signal on to what the command started, and waits until that has cleaned up", async () => {
    const before = listeners();
    // The tool is the shell's child, as under npm; the shell dies of the signal before the tool is done.
    const tool =
      "trap 'sleep 0.2; echo done > cleaned; exit' TERM; kill -TERM $TESTS; while :; do sleep 0.01; done";
    const ended = await shell(`export TESTS=$PPID; /bin/sh -c "${tool.replaceAll("$", "\\$")}"; :`);

    assert.equal(ended.interruptedBy, "SIGTERM");
    assert.equal(ended.code, 143);
    assert.equal(readFileSync(join(directory, "cleaned"), "utf8"), "done\n");
    assert.deepEqual(listeners(), before);
  });

  it("kills what does not end in time", async () => {
    const ended = await shell(
      "trap '' TERM; kill -TERM $PPID; while :; do sleep 0.01; done; echo > late",
      50,
    );

    assert.deepEqual(ended, { code: 137, interruptedBy: "SIGTERM" });
    assert.ok(!existsSync(join(directory, "late")));
  });
});
