import type { Bag } from "../../preview/graph";
import { SECRET } from "../../preview/graph";
import { argumentsOf } from "./arguments/table";
import { valueAt, withValueAt } from "./property-path";

/**
 * The inputs without values that the provider's schema marks as sensitive: the account's folder is
 * no place for a secret, so it says SECRET in their place. A person or a test may write a value over
 * it: that is drift, and shows.
 */
export function redacted(type: string, inputs: Bag): Bag {
  return secretPaths(type).reduce<Bag>(
    (bag, path) => (valueAt(bag, path) === undefined ? bag : withValueAt(bag, path, SECRET)),
    inputs,
  );
}

/** The properties with the secrets of `state` in the places where the account says SECRET. */
export function restored(type: string, properties: Bag, state: Bag): Bag {
  return secretPaths(type).reduce<Bag>((bag, path) => {
    const known = valueAt(state, path);
    return valueAt(bag, path) === SECRET && known !== undefined
      ? withValueAt(bag, path, known)
      : bag;
  }, properties);
}

function secretPaths(type: string): readonly string[] {
  return type.startsWith("pulumi:providers:") ? [] : (argumentsOf(type).secrets ?? []);
}
