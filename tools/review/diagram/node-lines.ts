import { maskText } from "../mask";
import { SIGNS, type DiagramNode } from "./diagram-node";
import { shortened } from "./shortened";
import { textWidth } from "./text-width";

/** What is written in a node. */
export interface Lines {
  readonly title: string;
  readonly rest: readonly string[];
}

export const TITLE_SIZE = 14;
const DETAIL_SIZE = 12;
export const LABEL_SIZE = 11;
/** Width that the sign of a change takes. */
export const SIGN_WIDTH = 32;
export const PADDING = 12;
export const LINE_HEIGHT = 17;

/** Masked, and short enough for a node. */
export function linesOf({ title, detail, counts }: DiagramNode): Lines {
  const rest = [detail, counts].flatMap((line) => (line === undefined ? [] : [line]));
  const cleaned = (line: string): string => shortened(maskText(line));
  return { title: cleaned(title), rest: rest.map(cleaned) };
}

/** Size of the node that holds the lines and the sign beside them. */
export function sizeOf({ title, rest }: Lines): {
  readonly width: number;
  readonly height: number;
} {
  const widths = [
    textWidth(title, TITLE_SIZE, { isBold: true }),
    ...rest.map((line) => textWidth(line, DETAIL_SIZE)),
  ];
  return {
    width: Math.ceil(Math.max(96, ...widths) + SIGN_WIDTH + 2 * PADDING),
    height: 2 * PADDING + TITLE_SIZE + rest.length * LINE_HEIGHT,
  };
}

/** The sign of a node; unchanged ones have none. */
export const signOf = ({ change }: DiagramNode): string => SIGNS[change].replace("-", "−");
