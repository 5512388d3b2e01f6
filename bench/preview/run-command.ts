import { spawn, spawnSync } from "node:child_process";

import type { Command } from "./commands";

export interface CommandRun {
  readonly wallMs: number;
  readonly stdout: string;
}

export interface RunLimits {
  readonly timeLimitMs: number;
  /** Ends the command and everything it started. */
  readonly signal: AbortSignal;
}

const shownOutputCharacters = 2000;

/**
 * Runs a command to its end and times it. Rejects with the end of its output when it cannot be
 * started, fails, is stopped by the signal or exceeds its time.
 */
export function runCommand(
  { file, args, cwd, env }: Command,
  { timeLimitMs, signal }: RunLimits,
): Promise<CommandRun> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const started = process.hrtime.bigint();
    const child = spawn(file, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, so that what npm starts can be ended with it.
      detached: process.platform !== "win32",
    });

    const stdout: Buffer[] = [];
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => {
      stdout.push(chunk);
      output.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk));

    let stopped: string | undefined;
    const stop = (reason: string) => {
      stopped = reason;
      endProcessTree(child.pid);
    };
    const stopOnAbort = () => {
      stop("was stopped");
    };
    const timer = setTimeout(() => {
      stop(`took longer than ${timeLimitMs / 1000} s`);
    }, timeLimitMs);
    signal.addEventListener("abort", stopOnAbort);
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stopOnAbort);
    };

    child.on("error", (error) => {
      settle();
      reject(new Error(`${file}: cannot be started: ${error.message}`));
    });
    child.on("close", (code, killedBy) => {
      const wallMs = Number(process.hrtime.bigint() - started) / 1e6;
      settle();
      if (code === 0) {
        resolve({ wallMs, stdout: Buffer.concat(stdout).toString() });
        return;
      }
      const reason = stopped ?? `ended with ${code ?? killedBy ?? "no exit code"}`;
      const text = Buffer.concat(output).toString().slice(-shownOutputCharacters).trimEnd();
      reject(new Error(`${[file, ...args].join(" ")}: ${reason}\n${text}`));
    });
  });
}

function endProcessTree(pid: number | undefined): void {
  if (pid === undefined) {
    return;
  }
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // The group ended between the decision and the signal.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
      throw error;
    }
  }
}
