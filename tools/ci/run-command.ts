import { spawn } from "node:child_process";
import { constants } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

/** How a command ended. */
export interface Ended {
  /** As shells tell it: 128 and the number of the signal where one ended the command. */
  readonly code: number;
  /** The signal that this process was told to end with meanwhile; undefined where none came. */
  readonly interruptedBy: NodeJS.Signals | undefined;
}

/** Milliseconds that a command has to end in order once it is told to. */
const GRACE_MS = 10_000;

const POLL_MS = 20;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a command with its output on this process's own, as it comes. A signal to this process goes to the
 * command and to all that it started; they have `graceMs` to clean up, then they are killed.
 *
 * @throws Error where the command cannot be started
 */
export async function runCommand(
  file: string,
  args: readonly string[],
  cwd: string,
  graceMs = GRACE_MS,
): Promise<Ended> {
  let pid: number | undefined;
  let interruptedBy: NodeJS.Signals | undefined;
  const stopped = new AbortController();
  let deadline: NodeJS.Timeout | undefined;
  const passOn = (signal: NodeJS.Signals) => {
    interruptedBy ??= signal;
    signalGroup(pid, signal);
    deadline ??= setTimeout(() => {
      stopped.abort();
      signalGroup(pid, "SIGKILL");
    }, graceMs);
  };
  // Before the command runs, which may be told to end at once.
  for (const signal of SIGNALS) process.on(signal, passOn);
  try {
    // A group of its own: npm runs a shell that runs the tool, and the signal is for the tool too.
    const child = spawn(file, args, {
      ...{ cwd, detached: true },
      stdio: ["ignore", "inherit", "inherit"],
    });
    pid = child.pid;
    const code = await new Promise<number>((ended, failed) => {
      child.once("error", failed);
      child.once("close", (exitCode, signal) => {
        ended(exitCode ?? 128 + (signal === null ? 0 : constants.signals[signal]));
      });
    });
    // The shell dies of the signal at once, while the tool may still clean up.
    while (interruptedBy !== undefined && !stopped.signal.aborted && signalGroup(pid, 0)) {
      await wait(POLL_MS);
    }
    return { code, interruptedBy };
  } finally {
    clearTimeout(deadline);
    for (const signal of SIGNALS) process.off(signal, passOn);
  }
}

/** Signals a process and all that it started; false where none of them lives. */
function signalGroup(pid: number | undefined, signal: NodeJS.Signals | 0): boolean {
  try {
    return pid !== undefined && process.kill(-pid, signal);
  } catch {
    return false;
  }
}
