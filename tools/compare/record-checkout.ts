import { spawn, type SpawnOptions } from "node:child_process";
import { join } from "node:path";
import { ComparisonError, failureOf } from "./comparison-error";
import { RECORDER } from "./git-base";
import { type RecordedStack, readSides } from "./side-format";
import type { Worktree } from "./worktree";
import { projectIn } from "./worktree";

/**
 * Records stacks of the commit in a worktree that is filled, by the commit's own tools in a process of
 * their own.
 *
 * @param environment that the working tree's program began with
 * @param signal ends the process
 * @throws ComparisonError where the commit's tools cannot record
 */
export async function recordCheckout(
  worktree: Worktree,
  stacks: readonly string[],
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<readonly RecordedStack[]> {
  const { label } = worktree;
  const project = projectIn(worktree);
  const args = [join(project, RECORDER), label, ...stacks];
  const { code, stdout, stderr } = await ran(args, { cwd: project, env: environment, signal });
  if (code === 0) return readSides(stdout, label);
  throw new ComparisonError(failureOf(label, stderr));
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function ran(
  args: readonly string[],
  options: Pick<SpawnOptions, "cwd" | "env" | "signal">,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
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
