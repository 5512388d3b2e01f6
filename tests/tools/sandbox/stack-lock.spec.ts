import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { openSandboxFolder } from "../../../tools/sandbox/sandbox-folder";
import { lockStack } from "../../../tools/sandbox/stack-lock";
import { temporaryFolder, write } from "./sandbox-places";

const name = { project: "shop", stack: "dev" };
/** Greater than any process id that Linux gives. */
const NOBODY = 2 ** 22 + 1;

describe("lockStack", () => {
  const folder = openSandboxFolder(temporaryFolder());
  const file = join(folder.locks, "shop.dev.json");
  const lock = (pid: number, host = hostname()) => {
    write(file, JSON.stringify({ pid, hostname: host, timestamp: "2026-01-01T00:00:00Z" }));
  };

  it("locks one stack until it is unlocked", () => {
    const unlock = lockStack(folder, name);

    assert.throws(
      () => lockStack(folder, name),
      ({ name: kind, message }: Error) =>
        kind === "SandboxError" &&
        message.startsWith(
          `stack 'dev' is locked by a run that is changing it (process ${String(process.pid)} since 2`,
        ),
    );
    lockStack(folder, { project: "shop", stack: "prod" })();
    assert.deepEqual(readdirSync(folder.locks), ["shop.dev.json"]);

    unlock();
    assert.deepEqual(readdirSync(folder.locks), []);
    lockStack(folder, name)();
  });

  it("names the run that holds the lock, here or elsewhere", () => {
    for (const [pid, host] of [
      [process.ppid, undefined],
      [NOBODY, "elsewhere"],
    ] as const) {
      lock(pid, host);

      assert.throws(() => lockStack(folder, name), {
        name: "SandboxError",
        message: `stack 'dev' is locked by a run that is changing it (process ${String(pid)} since 2026-01-01T00:00:00Z); wait for its end, or delete ${file} where there is no such run`,
      });
    }
  });

  it("takes over the lock of a process that is gone, and one that cannot be read", () => {
    for (const leave of [
      () => {
        lock(NOBODY);
      },
      () => write(file, "{"),
    ]) {
      leave();

      lockStack(folder, name)();

      assert.deepEqual(readdirSync(folder.locks), []);
    }
  });
});
