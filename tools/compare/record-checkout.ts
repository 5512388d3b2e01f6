import { spawn } from "node:child_process";
import { ComparisonError } from "./comparison-error";
import { withoutGit } from "./git";
import { NOT_FILLED } from "./record-ref";
import { type RecordedStack, readSides } from "./side-format";
import type { Worktree } from "./worktree";

/**
 * Fills a worktree and records stacks of the commit in it by the commit's own tools, in a process of
 * its own.
 *
 * @param directory of the project in the working tree
 * @param signal ends the process
 * @throws ComparisonError where the worktree cannot be filled, or the commit's tools cannot record
 */
export async function recordCheckout(
  directory: string,
  worktree: Worktree,
  stacks: readonly string[],
  signal: AbortSignal,
): Promise<readonly RecordedStack[]> {
  const { label } = worktree;
  const args = [require.resolve("./record-ref.cjs"), JSON.stringify(worktree), label, ...stacks];
  const { code, stdout, stderr } = await ran(directory, args, signal);
  if (code === 0) return readSides(stdout, label);
  throw new ComparisonError(code === NOT_FILLED ? stderr : failureOf(label, stderr));
}

/** Why a checkout could not be recorded, with what its own tools say. */
export function failureOf(label: string, said: string): string {
  const lines = said.trim().replace(/^/gm, "    ");
  return `the program of ${label} fails, so there is nothing to compare with:\n${lines}`;
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function ran(directory: string, args: readonly string[], signal: AbortSignal): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: directory,
      env: withoutGit(process.env),
      // The fourth is NPM_OUTPUT.
      stdio: ["ignore", "pipe", "pipe", 2],
      signal,
    });
    const texts = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream]?.setEncoding("utf8").on("data", (text: string) => (texts[stream] += text));
    }
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, ...texts });
    });
  });
}
