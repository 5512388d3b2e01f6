import { createColors } from "picocolors";

type Colors = ReturnType<typeof createColors>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Standard output or standard error. */
export interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Where text is shown, and so how it is laid out. */
export interface Screen {
  readonly colors: Colors;
  /** Width of a terminal; undefined for a file or a pipe, which get every line whole. */
  readonly columns: number | undefined;
}

/** A piece of a line and how it is painted. */
export interface Span {
  readonly text: string;
  readonly paint: (text: string) => string;
}

/** The screen behind a stream: colours and width for a terminal, neither for a pipe or a file. */
export function screenOf(stream: Stream, environment: Environment, colorsAllowed: boolean): Screen {
  const isTerminal = stream.isTTY === true;
  return {
    colors: createColors(colorsAllowed && wantsColors(isTerminal, environment)),
    // A terminal that does not know its width says 0.
    columns: isTerminal && stream.columns !== 0 ? stream.columns : undefined,
  };
}

/** The conventions of no-color.org and force-color.org; a dumb terminal is treated as a pipe. */
function wantsColors(isTerminal: boolean, { NO_COLOR, FORCE_COLOR, TERM }: Environment): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return !/^(0|false)$/.test(FORCE_COLOR);
  return isTerminal && TERM !== "dumb";
}

/** Joins spans to a line without blanks at its end. */
export function renderLine(spans: readonly Span[]): string {
  let left = spans
    .map(({ text }) => text)
    .join("")
    .trimEnd().length;
  const painted = spans.map(({ text, paint }) => {
    const kept = text.slice(0, left);
    left -= kept.length;
    return kept === "" ? "" : paint(kept);
  });
  return painted.join("");
}

/** Heading of a section. */
export function heading(text: string, { colors }: Screen): string {
  return colors.bold(colors.magenta(text));
}

/** Text as it is. */
export const plain = (text: string): string => text;

/** Lines of cells, each column as wide as its widest cell, two blanks between columns. */
export function alignColumns(
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string[][] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row.map((cell, column) =>
      right.includes(column)
        ? cell.padStart(widths[column] ?? 0)
        : cell.padEnd(widths[column] ?? 0),
    ),
  );
}
