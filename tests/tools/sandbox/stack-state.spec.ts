import assert from "node:assert/strict";
import { hostname } from "node:os";
import { join } from "node:path";
import { openSandboxFolder } from "../../../tools/sandbox/sandbox-folder";
import {
  readDeployedResources,
  refuseLocked,
  stackExists,
} from "../../../tools/sandbox/stack-state";
import { temporaryFolder, write } from "./sandbox-places";

const name = { project: "shop", stack: "dev" };
/** Greater than any process id that Linux gives. */
const NOBODY = 2 ** 22 + 1;

describe("the state of a stack", () => {
  const folder = openSandboxFolder(temporaryFolder());
  const file = join(folder.state, ".pulumi", "stacks", "shop", "dev.json");

  it("is there when the CLI has created it", () => {
    assert.equal(stackExists(folder, name), false);

    write(file, '{"checkpoint":{"latest":{"resources":[{"urn":"u","type":"t"}]}}}');

    assert.equal(stackExists(folder, name), true);
    assert.deepEqual(readDeployedResources(folder, name), [{ urn: "u", type: "t" }]);
  });

  it("is empty right after its creation", () => {
    write(file, '{"checkpoint":{}}');

    assert.deepEqual(readDeployedResources(folder, name), []);
  });

  it("is refused where it cannot be read", () => {
    for (const text of ["{", "{}", ""]) {
      write(file, text);

      assert.throws(
        () => readDeployedResources(folder, name),
        ({ name: kind, message }: Error) =>
          kind === "SandboxError" &&
          message.startsWith(`${file} is not the state of a stack: `) &&
          message.endsWith(`; restore it from ${file}.bak, or delete ${folder.root} to begin anew`),
      );
    }
  });
});

describe("refuseLocked", () => {
  const folder = openSandboxFolder(temporaryFolder());
  const file = join(folder.state, ".pulumi", "locks", "organization", "shop", "dev", "1.json");
  const lock = (pid: number, host = hostname()) => {
    write(file, JSON.stringify({ pid, hostname: host, timestamp: "2026-01-01T00:00:00Z" }));
  };
  const since = (pid: number) => `(process ${String(pid)} since 2026-01-01T00:00:00Z)`;

  it("lets a stack pass that nobody has locked", () => {
    refuseLocked(folder, name);
  });

  it("names the run that is changing the stack, here or elsewhere", () => {
    for (const [pid, host] of [
      [process.pid, undefined],
      [NOBODY, "elsewhere"],
    ] as const) {
      lock(pid, host);

      assert.throws(
        () => {
          refuseLocked(folder, name);
        },
        {
          name: "SandboxError",
          message: `stack 'dev' is locked by a run that is changing it ${since(pid)}; wait for its end`,
        },
      );
    }
  });

  it("says how to unlock a stack that a killed run has left", () => {
    const remedy =
      "unlock it with `npm run sandbox -- cancel dev`, then find what that run left with `npm run sandbox -- refresh dev`";
    lock(NOBODY);
    assert.throws(
      () => {
        refuseLocked(folder, name);
      },
      { message: `stack 'dev' is locked by a run that was killed ${since(NOBODY)}; ${remedy}` },
    );

    write(file, "{");
    assert.throws(
      () => {
        refuseLocked(folder, name);
      },
      { message: `stack 'dev' is locked by a run that was killed; ${remedy}` },
    );
  });
});
