import { randomUUID } from "node:crypto";
import { findBase, prefixIn } from "../compare/git-base";
import { reviewChange } from "../compare/review-change";
import { runOwnProcess } from "../preview/own-process";
import { listStacks } from "../preview/stack-files";
import { run } from "./cli";

/** Runs the command in this process, which it ends. */
export function main(): Promise<void> {
  const directory = process.cwd();
  return runOwnProcess((stdout) =>
    run(process.argv.slice(2), {
      directory,
      environment: process.env,
      stdout,
      stderr: process.stderr,
      compareStacks: async ({ stacks, against, allowDestruction }) =>
        reviewChange({
          ...{ directory, ref: against, allowDestruction },
          stacks: stacks ?? (await allStacks(directory, against)),
          say: (line) => process.stderr.write(`${line}\n`),
        }),
      prefixIn,
      token: randomUUID,
    }),
  );
}

/** Those of the ref too, of which somebody should hear when they are gone. */
async function allStacks(directory: string, ref: string): Promise<readonly string[]> {
  const { stacks: earlier } = await findBase(directory, ref);
  return [...new Set([...listStacks(directory), ...earlier])].sort();
}
