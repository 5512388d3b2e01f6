import { diffArrays } from "diff";
import type { Json } from "../preview/graph";
import type { LineChange } from "./comparison";

/** The lines of two texts of which one has several; undefined for any other values. */
export function lineChanges(
  before: Json | undefined,
  after: Json | undefined,
): readonly LineChange[] | undefined {
  if (
    typeof before !== "string" ||
    typeof after !== "string" ||
    !`${before}${after}`.includes("\n")
  ) {
    return undefined;
  }
  return diffArrays(before.split("\n"), after.split("\n")).flatMap(({ value, added, removed }) =>
    value.map((text): LineChange => ({
      kind: added ? "added" : removed ? "removed" : "same",
      text,
    })),
  );
}
