import type { Bag, Json } from "../../preview/graph";

/** A value as an object; anything else is the empty one. */
export function bagOf(value: Json | undefined): Bag {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
}

/** A value as a list; absent and null are the empty one, a single value is a list of one. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}

/** The texts of a list; numbers as texts. */
export function textsOf(value: Json | undefined): readonly string[] {
  return listOf(value).flatMap((item) =>
    typeof item === "string" || typeof item === "number" || typeof item === "boolean"
      ? [String(item)]
      : [],
  );
}

/** True for true, and for the text that some providers write for it. */
export function isTrue(value: Json | undefined): boolean {
  return value === true || value === "true";
}

/** A text as JSON, or undefined where it is none. */
export function parsedJson(value: Json | undefined): Json | undefined {
  if (typeof value !== "string") {
    return value;
  }
  try {
    return JSON.parse(value) as Json;
  } catch {
    return undefined;
  }
}

export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
