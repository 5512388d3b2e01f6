import { readFileSync } from "node:fs";

/** A file that cannot be judged: one line a fault, each beginning with the file. */
export class InputFileError extends Error {
  override readonly name = "InputFileError";

  constructor(
    readonly file: string,
    readonly faults: readonly string[],
  ) {
    const shown = faults.slice(0, MOST_FAULTS);
    const rest = faults.length - shown.length;
    super(
      [...shown, ...(rest > 0 ? [`and ${String(rest)} more faults`] : [])]
        .map((fault) => `${file}: ${fault}`)
        .join("\n"),
    );
  }
}

/** A file of another kind has a fault in every line. */
const MOST_FAULTS = 20;

/**
 * The value in a JSON file.
 * @throws InputFileError where there is no file, or no JSON in it
 */
export function readJsonFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    throw new InputFileError(path, [
      code === "ENOENT" ? "no such file" : `cannot be read (${code})`,
    ]);
  }
  if (text.trim() === "") {
    throw new InputFileError(path, ["is empty, must be JSON"]);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new InputFileError(path, [`is no JSON: ${positioned(error, text)}`]);
  }
}

/** The parser's message without the text around the place; line and column where the parser tells the offset. */
function positioned(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const offset = / ?(?:in JSON )?at position (\d+)/.exec(message);
  const what = message.slice(0, offset?.index).replace(/, (?:\.\.\.)?".*$/s, "");
  if (offset === null) {
    return what;
  }
  const before = text.slice(0, Number(offset[1])).split("\n");
  const column = (before.at(-1) ?? "").length + 1;
  return `line ${String(before.length)}, column ${String(column)}: ${what}`;
}
