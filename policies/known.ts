import { isUnknownValueError } from "./unknown";

/** True where a property has a value, known or not; absent, null, an empty text and an empty list are none. */
export function isSet(owner: Readonly<Record<string, unknown>>, property: string): boolean {
  try {
    const value = owner[property];
    return !(value === undefined || value === null || value === "" || isEmptyList(value));
  } catch (error) {
    if (isUnknownValueError(error)) {
      return true;
    }
    throw error;
  }
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/**
 * Runs a check for each item of a list, so that one with an unknown value hides no other. Throws the
 * first unknown value at the end, as reading it would have.
 */
export function eachKnown(
  items: readonly unknown[],
  check: (item: unknown, index: number) => void,
): void {
  let firstUnknown: Error | undefined;
  for (let index = 0; index < items.length; index++) {
    try {
      check(items[index], index);
    } catch (error) {
      if (!isUnknownValueError(error)) {
        throw error;
      }
      firstUnknown ??= error;
    }
  }
  if (firstUnknown !== undefined) {
    throw firstUnknown;
  }
}
