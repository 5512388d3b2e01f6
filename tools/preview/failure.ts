import { relative } from "node:path";
import { WaiversError } from "../../policies/read-waivers";
import { ComparisonError } from "../compare/comparison-error";
import { listsFaults } from "./place";
import { RecordingError } from "./recording-faults";
import type { RecordingFault } from "./recording-faults";
import { StackFilesError } from "./yaml-file";

/**
 * Why there is no preview, for a person: a line `error: …` for each fault of the configuration or
 * the program. Only what nobody throws on purpose, a mistake in code, comes with its stack trace.
 */
export function renderFailure(error: unknown): string {
  if (
    error instanceof StackFilesError ||
    error instanceof WaiversError ||
    error instanceof ComparisonError
  ) {
    return errorLines(error.message);
  }
  if (!(error instanceof RecordingError)) {
    return `${errorLines("the preview itself failed; please report it with these lines")}${traceOf(error)}`;
  }
  return error.faults.map(renderFault).join("");
}

function renderFault({ message, cause, place }: RecordingFault): string {
  if (listsFaults(cause)) return errorLines(message);
  const unreadable = syntaxFault(cause);
  if (unreadable !== undefined) return errorLines(unreadable);
  if (isMistakeInCode(cause)) {
    return `${errorLines("the program has a mistake")}${traceOf(cause)}`;
  }
  const [first = "", ...others] = message.split("\n");
  const end = place === undefined ? "" : ` (${place})`;
  return [`error: ${first}${end}`, ...others.map((line) => `    ${line}`.trimEnd()), ""].join("\n");
}

/** What sucrase says of a file that is no TypeScript, without its own stack: `infra/stack.ts:261:11: unexpected token`. */
function syntaxFault(cause: unknown): string | undefined {
  if (!(cause instanceof SyntaxError)) return undefined;
  const said = /^Error transforming (.+?): ([^]+) \((\d+:\d+)\)$/.exec(cause.message);
  const [, file, what = "", place] = said ?? [];
  if (file === undefined || place === undefined) return undefined;
  const message = `${what.charAt(0).toLowerCase()}${what.slice(1)}`;
  return `${relative(process.cwd(), file).replaceAll("\\", "/")}:${place}: ${message}`;
}

/** A line a fault; lines that begin with a blank continue the one before. */
function errorLines(text: string): string {
  return text
    .split("\n")
    .map((line) => (/^\s|^$/.test(line) ? `${line}\n` : `error: ${line}\n`))
    .join("");
}

function traceOf(error: unknown): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${trace.replace(/^/gm, "    ")}\n`;
}

/** True for the errors of the language and of Node itself. */
function isMistakeInCode(cause: unknown): boolean {
  return (
    cause instanceof TypeError ||
    cause instanceof ReferenceError ||
    cause instanceof RangeError ||
    cause instanceof SyntaxError ||
    (cause instanceof Error && "code" in cause && cause.code === "ERR_ASSERTION")
  );
}
