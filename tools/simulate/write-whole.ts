import {
  accessSync,
  constants,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InputFileError } from "../policy/json-file";

/**
 * Writes files to a folder, which is made where it is missing: all of them whole or, when it fails, none of them new.
 * An interruption is held back meanwhile, as the work is done before the event loop hears of it.
 *
 * @returns the paths
 */
export function writeWhole(directory: string, files: Readonly<Record<string, string>>): string[] {
  const parts = Object.entries(files).map(([name, text]) => {
    const path = join(directory, name);
    return { path, text, part: `${path}.${process.pid}.part` };
  });
  const interrupted = () => {
    process.exit(130);
  };
  makeFolder(directory);
  process.on("SIGINT", interrupted);
  try {
    for (const { part, text } of parts) writeFileSync(part, text);
    for (const { part, path } of parts) renameSync(part, path);
    return parts.map(({ path }) => path);
  } catch (error) {
    for (const { part } of parts) removeIfThere(part);
    throw unwritable(directory, error);
  } finally {
    // After the signal that may be waiting was heard.
    setImmediate(() => process.off("SIGINT", interrupted));
  }
}

/**
 * Makes a folder where it is missing, with the folders above it, and tries whether it can be written to.
 *
 * @throws InputFileError
 */
export function makeFolder(directory: string): void {
  try {
    makeWithParents(resolve(directory));
    accessSync(directory, constants.W_OK);
  } catch (error) {
    throw unwritable(directory, error);
  }
}

/** Not by `recursive`, with which Node.js 20 tries for ever below a folder that takes none, such as /proc. */
function makeWithParents(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (isFolder(folder)) return;
    const parent = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || isFolder(parent)) throw error;
    makeWithParents(parent);
    mkdirSync(folder);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function unwritable(directory: string, error: unknown): InputFileError {
  const code = (error as NodeJS.ErrnoException).code ?? "unknown";
  return new InputFileError(directory, [`cannot be written (${code}); name another folder`]);
}

function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // What could not be written for its place cannot be removed for the same reason.
  }
}
