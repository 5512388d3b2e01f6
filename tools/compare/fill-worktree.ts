import { spawn } from "node:child_process";
import { lstatSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { ComparisonError } from "./comparison-error";
import { Git, withoutGit } from "./git";
import type { Worktree } from "./worktree";
import { projectIn } from "./worktree";

/**
 * Writes the files of a worktree and gives it its packages: those of the working tree, where the
 * lockfiles are equal, and else its own by `npm ci`. The project's tests stay out, as no program reads
 * them and they are half of all files.
 *
 * @param npmOutput file descriptor that takes what npm says
 * @param signal ends what is under way
 * @throws ComparisonError where git or npm refuses
 */
export async function fillWorktree(
  worktree: Worktree,
  npmOutput: number,
  signal: AbortSignal,
): Promise<void> {
  const tests = `:(exclude,top)${worktree.prefix}tests`;
  const git = new Git(worktree.root);
  await git.text(...IN_PARALLEL, "checkout", "--quiet", "HEAD", "--", ".", tests);
  if (worktree.packages === undefined) {
    await installPackages(worktree, npmOutput, signal);
    return;
  }
  const link = join(projectIn(worktree), "node_modules");
  if (lstatSync(link, { throwIfNoEntry: false }) === undefined) {
    symlinkSync(worktree.packages, link, "dir");
  }
}

/** Where a file system is slow to make files, several at a time take half the time. */
const IN_PARALLEL = ["-c", "checkout.workers=4", "-c", "checkout.thresholdForParallelism=100"];

async function installPackages(
  worktree: Worktree,
  npmOutput: number,
  signal: AbortSignal,
): Promise<void> {
  const code = await install(projectIn(worktree), npmOutput, signal);
  if (code !== 0) {
    throw new ComparisonError(
      `the packages of ${worktree.label} cannot be installed, npm ci ended with ${String(code)}; ` +
        "its own lines say why, and it needs a network for packages that npm does not have yet",
    );
  }
}

function install(project: string, npmOutput: number, signal: AbortSignal): Promise<number | null> {
  const args = ["ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  return new Promise((resolve, reject) => {
    const npm = spawn("npm", args, {
      cwd: project,
      env: withoutGit(process.env),
      stdio: ["ignore", npmOutput, npmOutput],
      signal,
    });
    npm.on("error", (error) => {
      const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
      reject(
        isMissing ? new ComparisonError("npm cannot be started; install it with Node") : error,
      );
    });
    npm.on("close", resolve);
  });
}
