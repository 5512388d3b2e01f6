import type { Finding } from "./policy";
import type { Bounds } from "./policy-limits";
import { numberOf } from "./values";

/** A number of a resource, and what it may be. */
export interface Quantity {
  /** Path of the property, for example `healthCheck.interval`. */
  readonly property: string;
  readonly value: unknown;
  readonly allowed: Bounds;
  /** What AWS takes where the property is absent. @default - the property has to be there */
  readonly byDefault?: number;
  /** @default - a plain count */
  readonly unit?: "s" | "%";
  readonly fix: string;
}

/**
 * The finding about a number outside its bounds, both ends allowed, or undefined. What is no whole
 * number is outside, and so is an absent one that AWS has no default for.
 */
export function outOfBounds(quantity: Quantity): Finding | undefined {
  const { property, value, allowed, byDefault, unit, fix } = quantity;
  const absent = value === undefined || value === null;
  const number = absent ? byDefault : numberOf(value);
  if (number !== undefined && number >= allowed.min && number <= allowed.max) {
    return undefined;
  }
  const suffix = unit === undefined ? "" : ` ${unit}`;
  const shown =
    number === undefined
      ? absent
        ? "missing"
        : "not a whole number"
      : `${String(number)}${suffix}${absent ? " by default" : ""}`;
  return {
    got: `${property} is ${shown}`,
    allowed: `${String(allowed.min)} to ${String(allowed.max)}${suffix}`,
    fix,
  };
}

/** Reports a number outside its bounds. */
export function requireBounds(violate: (finding: Finding) => void, quantity: Quantity): void {
  const finding = outOfBounds(quantity);
  if (finding !== undefined) {
    violate(finding);
  }
}
