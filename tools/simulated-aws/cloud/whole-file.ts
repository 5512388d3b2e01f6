import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

/** A file while it is written, with the process that writes it: `.writing-PID-RANDOM`. */
const WRITING = /^\.writing-(\d+)-/;

/**
 * Writes a file as a whole or not at all, whatever happens to the process.
 *
 * @param scratch a folder of the same file system, for the file while it is written
 */
export function writeWhole(scratch: string, target: string, text: string): void {
  const unfinished = path.join(
    scratch,
    `.writing-${String(process.pid)}-${randomBytes(6).toString("hex")}`,
  );
  fs.writeFileSync(unfinished, text, { flag: "wx" });
  fs.renameSync(unfinished, target);
}

/** Removes what processes that are gone left unfinished in the folder. */
export function removeAbandoned(scratch: string): void {
  for (const name of listIfThere(scratch)) {
    const writer = WRITING.exec(name)?.[1];
    if (writer !== undefined && !isAlive(Number(writer))) {
      fs.rmSync(path.join(scratch, name), { force: true });
    }
  }
}

/** The text of a file, or undefined where there is none. */
export function readIfThere(target: string): string | undefined {
  try {
    return fs.readFileSync(target, "utf8");
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

/** The names in a folder; none where there is no folder. */
export function listIfThere(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
