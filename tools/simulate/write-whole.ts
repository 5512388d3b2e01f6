import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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
  process.on("SIGINT", interrupted);
  try {
    mkdirSync(directory, { recursive: true });
    for (const { part, text } of parts) writeFileSync(part, text);
    for (const { part, path } of parts) renameSync(part, path);
    return parts.map(({ path }) => path);
  } catch (error) {
    for (const { part } of parts) removeIfThere(part);
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    throw new InputFileError(directory, [`cannot be written (${code}); name another folder`]);
  } finally {
    // After the signal that may be waiting was heard.
    setImmediate(() => process.off("SIGINT", interrupted));
  }
}

function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // What could not be written for its place cannot be removed for the same reason.
  }
}
