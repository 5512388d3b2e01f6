import { spawnSync } from "node:child_process";
import { gitEnvironment } from "../compare/git";

/** Runs git and gives what it printed, without the line's end; undefined where it fails or is missing. */
export type Git = (...args: readonly string[]) => string | undefined;

/**
 * Git in a folder; it reads only, asks nobody for anything, and is led to no other repository by the
 * caller's GIT_* variables, as the review is not.
 */
export function gitIn(directory: string): Git {
  return (...args) => {
    const { status, stdout } = spawnSync("git", args, {
      cwd: directory,
      encoding: "utf8",
      env: gitEnvironment(),
    });
    return status === 0 ? stdout.trimEnd() : undefined;
  };
}
