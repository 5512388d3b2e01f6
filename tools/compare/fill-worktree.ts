import { spawn } from "node:child_process";
import { lstatSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { ComparisonError } from "./comparison-error";
import { Git, gitEnvironment } from "./git";
import type { Worktree } from "./worktree";
import { projectIn } from "./worktree";

/**
 * Writes the files of a worktree and gives it its packages: those of the working tree, where the
 * lockfiles are equal, and else its own by `npm ci`, which tells a person what it does. The project's
 * tests stay out, as no program reads them and they are half of all files.
 *
 * @param signal ends what is under way
 * @throws ComparisonError where git or npm refuses
 */
export async function fillWorktree(worktree: Worktree, signal: AbortSignal): Promise<void> {
  const tests = `:(exclude,top)${worktree.prefix}tests`;
  const git = new Git(worktree.root, signal);
  await git.text("checkout", "--quiet", "HEAD", "--", ".", tests);
  if (worktree.packages === undefined) {
    await installPackages(worktree, signal);
    return;
  }
  const link = join(projectIn(worktree), "node_modules");
  if (lstatSync(link, { throwIfNoEntry: false }) === undefined) {
    symlinkSync(worktree.packages, link, "dir");
  }
}

async function installPackages(worktree: Worktree, signal: AbortSignal): Promise<void> {
  const code = await install(projectIn(worktree), signal);
  if (code !== 0) {
    throw new ComparisonError(
      `the packages of ${worktree.label} cannot be installed, npm ci ended with ${String(code)}; ` +
        "its own lines say why, and it needs a network for packages that npm does not have yet",
    );
  }
}

/** Standard output is for what the command found. */
const STDERR = 2;

function install(project: string, signal: AbortSignal): Promise<number | null> {
  const args = ["ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  return new Promise((resolve, reject) => {
    const npm = spawn("npm", args, {
      cwd: project,
      env: gitEnvironment(),
      stdio: ["ignore", STDERR, STDERR],
      signal,
      // Asked to end, it would first put back what it has installed, in a folder that is gone.
      killSignal: "SIGKILL",
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
