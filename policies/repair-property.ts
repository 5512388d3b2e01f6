import { isUnknownValueError } from "./unknown";

/**
 * Sets a property that is known and wrong; one that only the deployment tells stays as it is.
 *
 * @param isRight says whether a known value, undefined included, may stay
 * @returns true where it set the property
 */
export function repairProperty(
  owner: Record<string, unknown>,
  property: string,
  isRight: (value: unknown) => boolean,
  right: unknown,
): boolean {
  const read = known(() => owner[property]);
  if (read === undefined || isRight(read.value)) {
    return false;
  }
  owner[property] = right;
  return true;
}

/** The object of a property, to repair it in place; undefined where it is unknown or no object. */
export function repairableObject(
  owner: Readonly<Record<string, unknown>>,
  property: string,
): Record<string, unknown> | undefined {
  return asObject(known(() => owner[property])?.value);
}

/** The objects of a list property, to repair them in place; without those that are unknown. */
export function repairableItems(
  owner: Readonly<Record<string, unknown>>,
  property: string,
): readonly Record<string, unknown>[] {
  const list = known(() => owner[property])?.value;
  return Array.isArray(list)
    ? [...list.keys()]
        .map((index) => asObject(known((): unknown => list[index])?.value))
        .filter((item) => item !== undefined)
    : [];
}

/** What is read, or undefined where it is unknown. */
function known(read: () => unknown): { readonly value: unknown } | undefined {
  try {
    return { value: read() };
  } catch (error) {
    if (isUnknownValueError(error)) {
      return undefined;
    }
    throw error;
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
