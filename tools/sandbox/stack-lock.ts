import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { isAlive } from "./process-life";
import type { SandboxFolder } from "./sandbox-folder";
import { SandboxError } from "./sandbox-error";
import type { StackName } from "./stack-state";

/**
 * Locks a stack for a run that changes it, from before the CLI looks at the stack until the CLI has
 * ended: the backend's own lock comes so late that two runs at once both see none. The lock of a
 * process that is gone is taken over.
 *
 * @returns what unlocks the stack
 * @throws SandboxError where another run holds the lock
 */
export function lockStack(folder: SandboxFolder, name: StackName): () => void {
  const file = join(folder.locks, `${name.project}.${name.stack}.json`);
  const own = `${file}.${String(process.pid)}`;
  const holder = { pid: process.pid, hostname: hostname(), timestamp: new Date().toISOString() };
  writeFileSync(own, JSON.stringify(holder));
  try {
    while (!isLinked(own, file)) {
      const text = textOf(file);
      if (text !== undefined) {
        refuseHeld(file, text, name);
        removeStale(file, text, name);
      }
    }
  } finally {
    rmSync(own, { force: true });
  }
  return () => {
    rmSync(file, { force: true });
  };
}

/** Gives the lock its name with all of its text at once, so that nobody reads half a lock. */
function isLinked(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}

function refuseHeld(file: string, text: string, { stack }: StackName): void {
  const { pid, hostname: host, timestamp } = holderOf(text);
  if (pid !== undefined && (host !== hostname() || isAlive(pid))) {
    throw new SandboxError(
      `stack '${stack}' is locked by a run that is changing it (process ${String(pid)} since ${String(timestamp)}); wait for its end, or delete ${file} where there is no such run`,
    );
  }
}

function holderOf(text: string): { pid?: number; hostname?: string; timestamp?: string } {
  try {
    return JSON.parse(text) as ReturnType<typeof holderOf>;
  } catch {
    return {};
  }
}

/** Another run may have taken the stale lock over since it was read: that one is put back. */
function removeStale(file: string, stale: string, name: StackName): void {
  const aside = `${file}.${String(process.pid)}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return;
    }
    throw error;
  }
  try {
    const text = readFileSync(aside, "utf8");
    if (text !== stale && isLinked(aside, file)) {
      refuseHeld(file, text, name);
    }
  } finally {
    rmSync(aside, { force: true });
  }
}
