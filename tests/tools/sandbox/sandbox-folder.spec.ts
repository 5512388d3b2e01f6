import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openSandboxFolder } from "../../../tools/sandbox/sandbox-folder";
import { temporaryFolder, write } from "./sandbox-places";

describe("openSandboxFolder", () => {
  const root = temporaryFolder();

  it("makes the folders that the CLI does not make itself", () => {
    const folder = openSandboxFolder(join(root, "new", ".sandbox"));

    assert.equal(folder.root, join(root, "new", ".sandbox"));
    const { home, state, locks, config, newStacks } = folder;
    for (const made of [home, state, locks, config, newStacks]) {
      assert.ok(existsSync(made), made);
    }
    assert.equal(folder.account("dev"), join(folder.root, "accounts", "dev"));
  });

  it("refuses a path that is a file", () => {
    const file = write(join(root, "file"), "text");

    assert.throws(() => openSandboxFolder(file), {
      name: "SandboxError",
      message: `${file} is a file, not a folder; move it away, or name another folder with --dir`,
    });
  });
});
