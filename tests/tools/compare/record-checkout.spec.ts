import assert from "node:assert/strict";
import { join } from "node:path";
import { fillWorktree } from "../../../tools/compare/fill-worktree";
import { findBase } from "../../../tools/compare/git-base";
import { recordCheckout } from "../../../tools/compare/record-checkout";
import type { RecordedStack } from "../../../tools/compare/side-format";
import { withWorktree } from "../../../tools/compare/worktree";
import { SMALL_PROJECT, TemporaryRepository } from "./temporary-repository";

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
    users = new AbortController(),
  ): Promise<{ stacks: readonly RecordedStack[]; root: string }> => {
    repository.commit("one", { ...SMALL_PROJECT, "tools/compare/start.cjs": program });
    const base = await findBase(repository.path, "main");
    return withWorktree(repository.path, base, async (worktree, signal) => {
      await fillWorktree(worktree, signal);
      const named = { ...worktree, label: "main (1a2b3c4)" };
      const stacks = await recordCheckout(
        named,
        ["dev", "prod"],
        { ...process.env, SHOP: "as it was" },
        users.signal,
      );
      return { stacks, root: worktree.root };
    });
  };
  /** Hands what an expression gives over in place of a failure. */
  const telling = (expression: string) =>
    `console.log(JSON.stringify({ format: 2, stacks: [{ stack: "dev", failure: ${expression} }] }));`;

  it("runs the commit's own tools in their folder, with the variables that it is given", async () => {
    const { stacks, root } = await recorded(
      telling("[process.cwd(), ...process.argv.slice(1), process.env.SHOP].join()"),
    );

    const recorder = join(root, "tools/compare/start.cjs");
    const failure = [root, recorder, "main (1a2b3c4)", "dev", "prod", "as it was"].join();
    assert.deepEqual(stacks, [{ stack: "dev", failure }]);
  });

  it("says why the tools fail, in their own words", async () => {
    const program = 'process.stderr.write("error: one\\n    more\\n"); process.exitCode = 1;';

    await assert.rejects(recorded(program), {
      name: "ComparisonError",
      message:
        "the program of main (1a2b3c4) fails, so there is nothing to compare with:\n    error: one\n        more",
    });
  });

  it("ends the process with the signal", async () => {
    const users = new AbortController();
    const running = recorded("setInterval(() => {}, 1000)", users);
    users.abort();

    await assert.rejects(running, { name: "AbortError" });
  });
});
