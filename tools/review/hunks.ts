import type { LineChange } from "../compare/comparison";
import { withShortReferences } from "../compare/reference";

/** Unchanged lines that are shown around a changed one. */
const CONTEXT = 2;

/** The lines that differ with those around them, references by type and name; a number stands for so many lines that do not. */
export function hunksOf(lines: readonly LineChange[]): readonly (LineChange | number)[] {
  const isShown = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1)
      .some(({ kind }) => kind !== "same"),
  );
  const shown: (LineChange | number)[] = [];
  let hidden = 0;
  const close = (): void => {
    if (hidden > 0) shown.push(hidden);
    hidden = 0;
  };
  lines.forEach((line, index) => {
    if (isShown[index] !== true) {
      hidden += 1;
      return;
    }
    close();
    shown.push({ ...line, text: withShortReferences(line.text) });
  });
  close();
  return shown;
}
