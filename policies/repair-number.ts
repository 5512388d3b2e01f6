import type { Bounds } from "./policy-limits";
import { isUnknownValueError } from "./unknown";
import { numberOf } from "./values";

/**
 * Moves a number to the nearest bound in place, and sets one that is absent or no number.
 * An unknown value stays as it is. Returns true where it changed something.
 *
 * @param absent what an absent number becomes, moved into the bounds too
 */
export function repairNumber(
  owner: Record<string, unknown>,
  key: string,
  { min, max }: Bounds,
  absent: number,
): boolean {
  let number: number | undefined;
  try {
    number = numberOf(owner[key]);
  } catch (error) {
    if (isUnknownValueError(error)) {
      return false;
    }
    throw error;
  }
  const repaired = Math.min(Math.max(number ?? absent, min), max);
  if (repaired === number) {
    return false;
  }
  owner[key] = repaired;
  return true;
}
