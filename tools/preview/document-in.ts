import type { Bag, Json } from "./graph";

/** What a text of JSON says, for objects and lists; undefined for any other text. */
export function documentIn(text: string): Bag | Json[] | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Bag | Json[];
  } catch {
    return undefined;
  }
}
