import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { isAlive } from "../sandbox/process-life";

/** A folder for one worktree that belongs to this process alone. */
export interface WorktreeSlot {
  /** May be there from a run that was killed. */
  readonly path: string;
  /** Lets another process have it. */
  readonly release: () => void;
}

/**
 * Takes the first folder that no running process has. The same few paths are used again and again, so
 * that what was compiled for a path is found by the next run.
 *
 * @param folder of all slots; made where it is missing
 */
export function takeSlot(folder: string): WorktreeSlot {
  mkdirSync(folder, { recursive: true });
  for (let number = 0; ; number++) {
    const slot = claim(folder, String(number));
    if (slot !== undefined) return slot;
  }
}

/** The folders that killed runs left behind, taken over. */
export function takeAbandoned(folder: string): WorktreeSlot[] {
  const numbers = readdirSync(folder).filter((name) => /^\d+$/.test(name));
  return numbers.flatMap((number) => claim(folder, number) ?? []);
}

function claim(folder: string, number: string): WorktreeSlot | undefined {
  const lock = join(folder, `${number}.lock`);
  const own = `${lock}.${String(process.pid)}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, host: hostname() }));
  try {
    while (!isLinked(own, lock)) {
      const holder = textOf(lock);
      if (holder !== undefined && (isHeld(holder) || !isStaleRemoved(lock, holder))) {
        return undefined;
      }
    }
  } finally {
    rmSync(own, { force: true });
  }
  return {
    path: join(folder, number),
    release: () => {
      rmSync(lock, { force: true });
    },
  };
}

/** Gives the lock its name with all of its text at once, so that nobody reads half a lock. */
function isLinked(own: string, lock: string): boolean {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function isHeld(holder: string): boolean {
  try {
    const { pid, host } = JSON.parse(holder) as { pid: number; host: string };
    return host !== hostname() || isAlive(pid);
  } catch {
    return false;
  }
}

/** Another run may have taken the stale lock over since it was read: that one is put back. */
function isStaleRemoved(lock: string, stale: string): boolean {
  const aside = `${lock}.${String(process.pid)}.stale`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return true;
    throw error;
  }
  const isStale = textOf(aside) === stale;
  if (!isStale) isLinked(aside, lock);
  rmSync(aside, { force: true });
  return isStale;
}
