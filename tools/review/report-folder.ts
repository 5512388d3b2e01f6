import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputFileError } from "../policy/json-file";
import { makeFolder, writeWhole } from "../simulate/write-whole";
import { REVIEW_TOOL } from "./render-sarif";

/** Files that a folder has of every review, beside the diagrams of each stack. */
const REPORTS = ["review.md", "review.json", "review.sarif"] as const;

/** The file that tells by whom a folder was written. */
const MARK = "review.sarif";

/** The names of the diagrams of a stack. */
export function diagramNames(stack: string): { readonly svg: string; readonly mermaid: string } {
  return { svg: `${stack}.svg`, mermaid: `${stack}.mmd` };
}

/**
 * Makes the folder of a review where it is missing. One that an earlier review wrote may be written again.
 *
 * @throws InputFileError where it is no folder or cannot be written to, or where it has files of that name
 *   which no review wrote
 */
export function openReportFolder(directory: string, stacks: readonly string[]): void {
  if (existsSync(directory) && !statSync(directory).isDirectory()) {
    throw new InputFileError(directory, [
      "is no folder, and a review is several files; name a folder, or one to make",
    ]);
  }
  makeFolder(directory);
  const names = [...REPORTS, ...stacks.flatMap((stack) => Object.values(diagramNames(stack)))];
  const found = names.filter((name) => existsSync(join(directory, name)));
  if (found.length > 0 && stacksOfReport(directory) === undefined) {
    const many = found.length === 1 ? "it" : "them";
    throw new InputFileError(directory, [
      `has ${found.join(", ")}, and no review wrote ${many}; name another folder, or remove ${many}`,
    ]);
  }
}

/**
 * Writes a review to its folder, all files or none, and removes the diagrams of an earlier review that
 * this one does not have.
 *
 * @returns the paths of what was written
 */
export function writeReport(directory: string, files: Readonly<Record<string, string>>): string[] {
  const earlier = (stacksOfReport(directory) ?? []).flatMap((stack) =>
    Object.values(diagramNames(stack)),
  );
  const written = writeWhole(directory, files);
  for (const name of earlier.filter((each) => files[each] === undefined)) {
    rmSync(join(directory, name), { force: true });
  }
  return written;
}

/** The stacks of the review that wrote a folder; undefined for a folder that none wrote. */
function stacksOfReport(directory: string): readonly string[] | undefined {
  let log: unknown;
  try {
    log = JSON.parse(readFileSync(join(directory, MARK), "utf8"));
  } catch {
    return undefined;
  }
  const { runs } = (log ?? {}) as { readonly runs?: readonly Run[] };
  const run = Array.isArray(runs) ? (runs as readonly Run[])[0] : undefined;
  if (run?.tool?.driver?.name !== REVIEW_TOOL) return undefined;
  // A name is a part of a path here, and the file may have been changed since.
  return (run.properties?.stacks ?? []).filter((stack) => /^[\w.-]+$/.test(stack));
}

interface Run {
  readonly tool?: { readonly driver?: { readonly name?: unknown } };
  readonly properties?: { readonly stacks?: readonly string[] };
}
