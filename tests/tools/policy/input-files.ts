import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of one suite for files to read; gone when the suite ends. */
export function inputFolder(): (name: string, content: unknown) => string {
  const directory = mkdtempSync(join(tmpdir(), "policy-"));
  after(() => {
    rmSync(directory, { recursive: true });
  });
  return (name, content) => {
    const file = join(directory, name);
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  };
}
