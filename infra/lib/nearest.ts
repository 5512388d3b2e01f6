import { closest, distance } from "fastest-levenshtein";

/**
 * The name that was probably meant, whatever its case, or undefined where none is spelt alike: up to one slip in
 * three letters of the name, two in a short one, but never more than half of it.
 */
export function nearest(text: string, names: readonly string[]): string | undefined {
  if (names.length === 0) {
    return undefined;
  }
  const lowerNames = names.map((name) => name.toLowerCase());
  const match = closest(text.toLowerCase(), lowerNames);
  const slips = distance(text.toLowerCase(), match);
  const allowed = Math.max(Math.floor(match.length / 3), Math.min(2, Math.floor(match.length / 2)));
  return slips <= allowed ? names[lowerNames.indexOf(match)] : undefined;
}
