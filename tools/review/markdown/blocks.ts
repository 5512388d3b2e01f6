import { escapeText } from "./escape";

/** A table of GitHub's Markdown; cells are Markdown of one line already. */
export function tableBlock(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  figures: readonly number[] = [],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = headings.map((_, column) => (figures.includes(column) ? "--:" : "---"));
  return [line(headings), line(rule), ...rows.map(line)].join("\n");
}

/** What shows its summary until somebody opens it. */
export function fold(summary: string, content: string): string {
  return `<details>\n<summary>${escapeText(summary)}</summary>\n\n${content}\n\n</details>`;
}

/** A block that GitHub draws in a colour of its own; the lines are Markdown. */
export function alert(kind: "CAUTION" | "WARNING" | "NOTE", lines: readonly string[]): string {
  return [`> [!${kind}]`, ...lines.map((line) => `> ${line}`.trimEnd())].join("\n");
}

/** The first so many of a list, then how many more there are. */
export function bounded<Item>(
  items: readonly Item[],
  most: number,
  render: (item: Item) => string,
  rest: (count: number) => string,
): readonly string[] {
  const more = items.length - most;
  return [...items.slice(0, most).map(render), ...(more > 0 ? [rest(more)] : [])];
}
