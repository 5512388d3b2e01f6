import { dirname, isAbsolute, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The tools themselves, which are no part of the program. */
const TOOLS = dirname(__dirname);

const FRAME = /^\s+at (?:.*? \()?(?:async )?(?<file>.*?):(?<line>\d+):\d+\)?$/;

/**
 * The innermost line of the project in the stack trace of an error: not of a package, and not of the
 * tools. Undefined where there is none, and for an error that lists faults, which name their own.
 *
 * @param root absolute path of the project
 */
export function placeOf(cause: unknown, root: string): string | undefined {
  if (!(cause instanceof Error) || listsFaults(cause)) return undefined;
  for (const line of cause.stack?.split("\n") ?? []) {
    const frame = FRAME.exec(line)?.groups;
    const place = frame === undefined ? undefined : fileIn(root, frame["file"] ?? "");
    if (place !== undefined) return `${place}:${frame?.["line"] ?? ""}`;
  }
  return undefined;
}

/** True for the errors of the program's configuration, which are one line a fault. */
export function listsFaults(cause: unknown): boolean {
  return cause instanceof Error && "faults" in cause && Array.isArray(cause.faults);
}

function fileIn(root: string, url: string): string | undefined {
  const file = url.startsWith("file://") ? fileURLToPath(url) : url;
  if (
    !isAbsolute(file) ||
    file.startsWith(join(TOOLS, "/")) ||
    /[\\/]node_modules[\\/]/.test(file)
  ) {
    return undefined;
  }
  const path = relative(root, file);
  return path.startsWith("..") || isAbsolute(path) ? undefined : path.replaceAll("\\", "/");
}
