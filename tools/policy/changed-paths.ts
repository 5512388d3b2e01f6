import type { Bag, Json } from "../preview/graph";

/** Paths of what differs between two bags, for example `metadataOptions.httpTokens`; never a value. */
export function changedPaths(before: Bag, after: Bag): readonly string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => pathsOf(before[key], after[key], key));
}

function pathsOf(before: Json | undefined, after: Json | undefined, path: string): string[] {
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return after.flatMap((item, index) =>
      pathsOf(before[index], item, `${path}[${String(index)}]`),
    );
  }
  if (isBag(before) && isBag(after)) {
    return changedPaths(before, after).map((inner) => `${path}.${inner}`);
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
}

function isBag(value: Json | undefined): value is Bag {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
