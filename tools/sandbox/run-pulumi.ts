import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
import { SandboxError } from "./sandbox-error";

/** One run of the CLI. */
export interface PulumiRun {
  readonly pulumi: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Working directory: the project. */
  readonly cwd: string;
}

/**
 * Runs the CLI on this process's own terminal, and gives its exit code. An interrupt is the CLI's to
 * answer: it ends in order, and this process waits for it.
 */
export async function runPulumi({ pulumi, args, env, cwd }: PulumiRun): Promise<number> {
  const child = spawn(pulumi, args, { cwd, env, stdio: "inherit" });
  const ignore = () => undefined;
  const passOn = () => child.kill("SIGTERM");
  process.on("SIGINT", ignore).on("SIGTERM", passOn);
  try {
    return await new Promise<number>((ended, failed) => {
      child.once("error", failed);
      child.once("close", (code, signal) => {
        // As shells tell it.
        ended(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
      });
    });
  } finally {
    process.off("SIGINT", ignore).off("SIGTERM", passOn);
  }
}

/**
 * Runs the CLI without a word.
 *
 * @throws SandboxError with the CLI's own words where it fails
 */
export function runQuietly({ pulumi, args, env, cwd }: PulumiRun): void {
  const { status, stderr } = spawnSync(pulumi, args, { cwd, env, encoding: "utf8" });
  if (status !== 0) {
    const words = stderr.trim().replace(/^error: /, "");
    throw new SandboxError(`\`pulumi ${args.join(" ")}\` failed: ${words}`);
  }
}
