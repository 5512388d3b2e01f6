import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ComparisonError } from "./comparison-error";
import { fillWorktree } from "./fill-worktree";
import { RECORDER } from "./git-base";
import type { Worktree } from "./worktree";
import { projectIn } from "./worktree";

/** Exit code where the worktree could not be filled; the standard error stream says why, and nothing else. */
export const NOT_FILLED = 75;

/** File descriptor that takes what npm says, for a person who waits. */
export const NPM_OUTPUT = 3;

/**
 * Fills a worktree and becomes the recorder of the commit in it, with the arguments that the recorder
 * takes: `node tools/compare/record-ref.cjs <worktree as JSON> <label> <stack...>`. While git writes the
 * files, this process loads the packages that both sides share.
 */
export async function main(): Promise<void> {
  const [described = "", ...args] = process.argv.slice(2);
  const worktree = JSON.parse(described) as Worktree;
  const users = new AbortController();
  process.once("SIGTERM", () => {
    users.abort();
    process.exit(143);
  });
  try {
    const filling = fillWorktree(worktree, NPM_OUTPUT, users.signal);
    // Awaited below; a refusal before that would end the process.
    filling.catch(() => undefined);
    if (worktree.packages !== undefined) loadPackages(process.cwd());
    await filling;
  } catch (error) {
    if (!(error instanceof ComparisonError)) throw error;
    process.stderr.write(error.message);
    process.exitCode = NOT_FILLED;
    return;
  }
  const project = projectIn(worktree);
  process.chdir(project);
  const recorder = join(project, RECORDER);
  process.argv = [process.execPath, recorder, ...args];
  createRequire(recorder)(recorder);
}

/** Loads what takes a program the longest; what is not there the program itself will miss. */
function loadPackages(directory: string): void {
  const file = join(directory, "package.json");
  const { dependencies = {} } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly dependencies?: Readonly<Record<string, string>>;
  };
  const load = createRequire(file);
  for (const name of Object.keys(dependencies).filter((each) => each.startsWith("@pulumi/"))) {
    try {
      load(name);
    } catch {
      continue;
    }
  }
}
