import { spawnSync } from "node:child_process";

/** Runs git and gives what it printed, without the line's end; undefined where it fails or is missing. */
export type Git = (...args: readonly string[]) => string | undefined;

/** Git in a folder; it reads only, and asks nobody for anything. */
export function gitIn(directory: string): Git {
  return (...args) => {
    const { status, stdout } = spawnSync("git", args, {
      cwd: directory,
      encoding: "utf8",
      // So that `status` does not refresh the index behind the back of who works here.
      env: { ...process.env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" },
    });
    return status === 0 ? stdout.trimEnd() : undefined;
  };
}
