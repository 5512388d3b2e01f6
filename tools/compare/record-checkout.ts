import { spawn } from "node:child_process";
import { join } from "node:path";
import { ComparisonError } from "./comparison-error";
import { withoutGit } from "./git";
import { RECORDER } from "./git-base";
import { type RecordedStack, readSides } from "./side-format";
import type { Worktree } from "./worktree";
import { projectIn } from "./worktree";

/**
 * Records stacks of the commit in a worktree that is filled, by the commit's own tools in a process of
 * their own.
 *
 * @param signal ends the process
 * @throws ComparisonError where the commit's tools cannot record
 */
export async function recordCheckout(
  worktree: Worktree,
  stacks: readonly string[],
  signal: AbortSignal,
): Promise<readonly RecordedStack[]> {
  const { label } = worktree;
  const project = projectIn(worktree);
  const { code, stdout, stderr } = await ran(
    project,
    [join(project, RECORDER), label, ...stacks],
    signal,
  );
  if (code === 0) return readSides(stdout, label);
  throw new ComparisonError(failureOf(label, stderr));
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
      stdio: ["ignore", "pipe", "pipe"],
      signal,
    });
    const texts = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => (texts[stream] += text));
    }
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, ...texts });
    });
  });
}
