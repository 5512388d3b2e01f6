import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Holds a report against the file of its name in golden/, without the lines of the program's declarations and the hash
 * of the image's content, which differ with every edit. `UPDATE_GOLDEN=1` writes the file anew, to be read before it is committed.
 */
export function assertGolden(name: string, text: string): void {
  const path = join(__dirname, "golden", name);
  const steady = text.replace(/(\.ts:)\d+/g, "$1LINE").replace(/:[0-9a-f]{16}-/g, ":HASH-");
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(path, steady);
  assert.equal(steady, readFileSync(path, "utf8"));
}
