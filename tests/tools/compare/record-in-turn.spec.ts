import assert from "node:assert/strict";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { fillWorktree } from "../../../tools/compare/fill-worktree";
import { findBase } from "../../../tools/compare/git-base";
import { isCallable, recordInTurn } from "../../../tools/compare/record-in-turn";
import type { RecordedStack } from "../../../tools/compare/side-format";
import { type Worktree, withWorktree } from "../../../tools/compare/worktree";
import { SMALL_PROJECT, TemporaryRepository } from "./temporary-repository";

describe("recording a commit in turn", () => {
  let repository: TemporaryRepository;
  let before: string;
  beforeEach(() => {
    repository = new TemporaryRepository();
    before = process.cwd();
  });
  afterEach(() => {
    process.chdir(before);
    repository.remove();
  });

  /** What `use` finds in a worktree of a commit with such a recorder. */
  const inWorktree = async <T>(
    recorder: string | undefined,
    use: (worktree: Worktree) => T | Promise<T>,
  ): Promise<T> => {
    repository.commit("one", { ...SMALL_PROJECT, "tools/compare/recorder.ts": recorder });
    process.chdir(repository.path);
    const base = await findBase(repository.path, "main");
    return withWorktree(repository.path, base, async (worktree, signal) => {
      await fillWorktree(worktree, signal);
      return use({ ...worktree, label: "main (1a2b3c4)" });
    });
  };
  const recorded = async (
    recorder: string,
    environment: NodeJS.ProcessEnv = process.env,
  ): Promise<readonly RecordedStack[]> => {
    const stacks = ["dev", "prod"];
    const found = await inWorktree(recorder, (worktree) =>
      recordInTurn(repository.path, worktree, stacks, { ...environment }),
    );
    return found ?? [];
  };
  /** A recorder that hands what an expression gives over in place of a failure. */
  const telling = (expression: string, statements = "", isQuiet = true) => `
    export async function recordText(directory: string, stacks: string[], label: string) {
      ${statements}
      const text = JSON.stringify({ format: 2, stacks: [{ stack: "dev", failure: ${expression} }] });
      return { text, isQuiet: ${String(isQuiet)} };
    }
  `;

  it("calls the commit's own tools in their folder, over the same packages", async () => {
    const left = join(repository.path, "node_modules/left/index.js");
    const stacks = await recorded(
      telling('[process.cwd() === directory, ...stacks, label, require.resolve("left")].join()'),
    );

    const failure = ["true", "dev", "prod", "main (1a2b3c4)", left].join();
    assert.deepEqual(stacks, [{ stack: "dev", failure }]);
    assert.equal(process.cwd(), realpathSync(repository.path));
  });

  it("withholds what the program prints, and nothing afterwards", async () => {
    const streams = [process.stdout, process.stderr];
    const written = streams.map((stream) => Reflect.get(stream, "write") as unknown);
    const [stacks] = await recorded(
      telling(
        '"" + [flushed, process.stdout.write("out"), process.stderr.write("err")]',
        'const flushed = await new Promise((done) => process.stderr.write("warning", () => done(1)));',
      ),
    );

    assert.deepEqual(stacks, { stack: "dev", failure: "1,true,true" });
    assert.deepEqual(
      streams.map((stream) => Reflect.get(stream, "write") as unknown),
      written,
    );
  });

  it("gives it the variables that the first program began with, and takes its own back", async () => {
    const environment = { ...process.env };
    process.env["SHOP_LEFT"] = "by the first program";
    try {
      const names = "[process.env.SHOP_LEFT, process.env.SHOP].join()";
      const [stack] = await recorded(telling(names, 'process.env.SHOP_OWN = "1";'), {
        ...environment,
        SHOP: "as it was",
      });

      assert.deepEqual(stack, { stack: "dev", failure: ",as it was" });
      assert.equal(process.env["SHOP_LEFT"], "by the first program");
      assert.deepEqual([process.env["SHOP"], process.env["SHOP_OWN"]], [undefined, undefined]);
    } finally {
      delete process.env["SHOP_LEFT"];
    }
  });

  it("leaves a program that is not done to a process of its own", async () => {
    assert.deepEqual(await recorded(telling('""', "", false)), []);
  });

  it("says why the tools fail, in their own words", async () => {
    for (const [recorder, said] of [
      [
        telling('""', 'throw new Error("error: one\\n    more\\n");'),
        "    error: one\n        more",
      ],
      ["export const recordText = () => { throw 'half'; };", "    half"],
      ["export const other = 1;", "    recordText is not a function"],
    ] as const) {
      await assert.rejects(recorded(recorder), {
        name: "ComparisonError",
        message: `the program of main (1a2b3c4) fails, so there is nothing to compare with:\n${said}`,
      });
      assert.equal(process.cwd(), realpathSync(repository.path));
      repository.remove();
      repository = new TemporaryRepository();
    }
  });

  it("refuses what it cannot read", async () => {
    await assert.rejects(
      recorded(
        "export const recordText = async () => ({ text: JSON.stringify({ format: 1 }), isQuiet: true });",
      ),
      {
        name: "ComparisonError",
        message: /^the tools of main \(1a2b3c4\) record a side of format 1,/,
      },
    );
  });

  it("is for commits with the same packages, whose tools can be called", async () => {
    const found = await inWorktree(telling('""'), (worktree) => [
      isCallable(worktree),
      isCallable({ ...worktree, packages: undefined }),
    ]);
    assert.deepEqual(found, [true, false]);

    assert.equal(await inWorktree(undefined, isCallable), false);
  });
});
