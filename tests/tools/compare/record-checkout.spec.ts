import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findBase } from "../../../tools/compare/git-base";
import { recordCheckout } from "../../../tools/compare/record-checkout";
import type { RecordedStack } from "../../../tools/compare/side-format";
import { withWorktree } from "../../../tools/compare/worktree";
import { TemporaryRepository } from "./temporary-repository";

const PROJECT = {
  "Pulumi.yaml": "name: shop\n",
  "package.json": '{ "dependencies": { "@pulumi/shop": "1.0.0", "@pulumi/absent": "1.0.0" } }\n',
  "package-lock.json": "{}\n",
  ".gitignore": "node_modules\n",
  "node_modules/@pulumi/shop/index.js": "exports.loadedIn = process.cwd();\n",
};

describe("recordCheckout", () => {
  let repository: TemporaryRepository;
  beforeEach(() => {
    repository = new TemporaryRepository();
  });
  afterEach(() => {
    repository.remove();
  });

  /** Records with a program in place of the commit's tools. */
  const recorded = async (
    program: string,
    { users = new AbortController(), change = {} } = {},
  ): Promise<{ stacks: readonly RecordedStack[]; root: string }> => {
    repository.commit("one", { ...PROJECT, "tools/compare/start.cjs": program });
    repository.write(change);
    const base = await findBase(repository.path, "main");
    return withWorktree(repository.path, base, async (worktree) => {
      const named = { ...worktree, label: "main (1a2b3c4)" };
      const stacks = ["dev", "prod"];
      return {
        stacks: await recordCheckout(repository.path, named, stacks, users.signal),
        root: worktree.root,
      };
    });
  };
  /** Hands what an expression gives over in place of a failure. */
  const telling = (expression: string) =>
    `console.log(JSON.stringify({ format: 2, stacks: [{ stack: "dev", failure: ${expression} }] }));`;

  it("runs the commit's own tools in their folder, without git's variables", async () => {
    process.env["GIT_INDEX_FILE"] = "elsewhere";
    try {
      const { stacks, root } = await recorded(
        telling("[process.cwd(), ...process.argv.slice(1), process.env.GIT_INDEX_FILE].join()"),
      );

      const recorder = join(root, "tools/compare/start.cjs");
      const failure = [root, recorder, "main (1a2b3c4)", "dev", "prod", ""].join();
      assert.deepEqual(stacks, [{ stack: "dev", failure }]);
    } finally {
      delete process.env["GIT_INDEX_FILE"];
    }
  });

  it("has the packages loaded that both sides share", async () => {
    const { stacks } = await recorded(telling('require("@pulumi/shop").loadedIn'));

    assert.deepEqual(stacks, [{ stack: "dev", failure: repository.path }]);
  });

  it("loads no package of the working tree where the commit has others", async () => {
    const bin = join(repository.path, "..", "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "npm"), "#!/bin/sh\nmkdir node_modules\n", { mode: 0o755 });
    const { PATH } = process.env;
    process.env["PATH"] = `${bin}:${PATH ?? ""}`;
    try {
      const { stacks } = await recorded(
        telling("String(Object.keys(require.cache).some((file) => file.includes('@pulumi')))"),
        { change: { "package-lock.json": '{ "lockfileVersion": 3 }\n' } },
      );

      assert.deepEqual(stacks, [{ stack: "dev", failure: "false" }]);
    } finally {
      process.env["PATH"] = PATH;
    }
  });

  it("says why the tools fail, in their own words", async () => {
    const program = 'process.stderr.write("error: one\\n    more\\n"); process.exitCode = 1;';

    await assert.rejects(recorded(program), {
      name: "ComparisonError",
      message:
        "the program of main (1a2b3c4) fails, so there is nothing to compare with:\n    error: one\n        more",
    });
  });

  it("says why the worktree cannot be filled, and nothing of a program", async () => {
    const bin = join(repository.path, "..", "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "npm"), "#!/bin/sh\nexit 7\n", { mode: 0o755 });
    const { PATH } = process.env;
    process.env["PATH"] = `${bin}:${PATH ?? ""}`;
    try {
      await assert.rejects(
        recorded("", { change: { "package-lock.json": '{ "lockfileVersion": 3 }\n' } }),
        {
          name: "ComparisonError",
          message:
            "the packages of main (1a2b3c4) cannot be installed, npm ci ended with 7; " +
            "its own lines say why, and it needs a network for packages that npm does not have yet",
        },
      );
    } finally {
      process.env["PATH"] = PATH;
    }
  });

  it("ends the process with the signal", async () => {
    const users = new AbortController();
    const running = recorded("setInterval(() => {}, 1000)", { users });
    users.abort();

    await assert.rejects(running, { name: "AbortError" });
  });
});
