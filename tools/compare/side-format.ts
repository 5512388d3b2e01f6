import { ComparisonError } from "./comparison-error";
import type { StackSide } from "./stack-side";

/** Of the JSON that recorded sides are handed over as. Another form of StackSide needs another number. */
const FORMAT = 2;

/** A stack as it was recorded, or why it could not be, for a person. */
export type RecordedStack =
  | { readonly stack: string; readonly side: StackSide }
  | { readonly stack: string; readonly failure: string };

/** Recorded stacks for another process. */
export function writeSides(stacks: readonly RecordedStack[]): string {
  return JSON.stringify({ format: FORMAT, stacks });
}

/**
 * Reads what writeSides() wrote, maybe that of another version of the tools.
 *
 * @param label what a person calls the side
 * @throws ComparisonError where it is of another form
 */
export function readSides(text: string, label: string): readonly RecordedStack[] {
  const { format, stacks } = parsed(text);
  if (format === FORMAT && stacks !== undefined) return stacks;
  const got = format === undefined ? "no side" : `a side of format ${JSON.stringify(format)}`;
  throw new ComparisonError(
    `the tools of ${label} record ${got}, these read format ${String(FORMAT)}; compare with a commit that has the same tools`,
  );
}

function parsed(text: string): {
  readonly format?: unknown;
  readonly stacks?: readonly RecordedStack[];
} {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
