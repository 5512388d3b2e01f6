import type { Bag, Json } from "../preview/graph";
import { hasUnknown } from "./protocol-values";
import { COMPUTE_REPLACEMENTS } from "./replacements/compute";
import { IDENTITY_AND_STORAGE_REPLACEMENTS } from "./replacements/identity-and-storage";
import { LOAD_BALANCING_REPLACEMENTS } from "./replacements/load-balancing";
import { NETWORK_REPLACEMENTS } from "./replacements/network";
import { OBSERVABILITY_REPLACEMENTS } from "./replacements/observability";
import type { Condition, ListChange, Replacement, Replacements } from "./replacements/replacement";

/**
 * What cannot be changed in place, for every type that the simulated AWS knows: changing one of these
 * properties makes a new resource. The facts are the AWS provider's own (`ForceNew` and
 * `CustomizeDiff` of its schemas); each entry names the file that it was taken from. They agree with
 * what version 5.100 of the provider plans, property by property, and with its version 6 where that
 * differs: tests/tools/simulated-aws/replacements holds the recorded answers and names what differs.
 */
export const REPLACEMENTS: Replacements = {
  ...NETWORK_REPLACEMENTS,
  ...COMPUTE_REPLACEMENTS,
  ...LOAD_BALANCING_REPLACEMENTS,
  ...IDENTITY_AND_STORAGE_REPLACEMENTS,
  ...OBSERVABILITY_REPLACEMENTS,
};

/** Inputs before and after, for replacements that depend on values; without them none of those apply. */
export interface InputChange {
  readonly olds: Bag;
  readonly news: Bag;
}

/**
 * Those of the changed paths that make a new resource.
 *
 * @param changedPaths property paths, for example `healthCheck.path` or `subnets[0]`
 * @returns the paths as given, in their order
 * @throws where the type is not in the table
 */
export function replacedProperties(
  type: string,
  changedPaths: readonly string[],
  inputs?: InputChange,
): string[] {
  // Settings of a provider are changed in place: none of its resources depends on them.
  if (type.startsWith("pulumi:providers:")) {
    return [];
  }
  const { properties, conditional = [] } = replacementOf(type);
  const forced = [
    ...properties,
    ...conditional
      .filter(({ when }) => inputs !== undefined && when.some((each) => holds(each, inputs)))
      .map(({ property }) => property),
  ];
  return changedPaths.filter((path) => forced.some((property) => isWithin(path, property)));
}

/**
 * The entry of a type.
 *
 * @throws where the type is not in the table
 */
export function replacementOf(type: string): Replacement {
  const found = REPLACEMENTS[type];
  if (found === undefined) {
    throw new Error(
      `type "${type}" has no entry in REPLACEMENTS; ` +
        "add what of it cannot be changed in place to a table in tools/simulated-aws/replacements",
    );
  }
  return found;
}

/** True where the path is the property, a part of it, or a whole that it is a part of. */
function isWithin(path: string, property: string): boolean {
  const plain = path.replace(/\[[^\]]*\]/g, "");
  return plain === property || plain.startsWith(`${property}.`) || property.startsWith(`${plain}.`);
}

function holds(condition: Condition, { olds, news }: InputChange): boolean {
  const [before = null, after = null] = [olds[condition.property], news[condition.property]];
  switch (condition.kind) {
    case "was":
      return before === condition.value;
    case "becomes":
      return before === condition.from && after === condition.to;
    case "decreases":
      return Number(after ?? 0) < Number(before ?? 0);
    case "shrinks":
    case "doesNotGrow":
    case "swapsItems":
    case "startsOrEnds":
      return (
        !hasUnknown(after) &&
        isAs(condition.where, olds) &&
        changesBy(condition.kind, items(before), items(after))
      );
  }
}

function changesBy(kind: ListChange, before: readonly string[], after: readonly string[]): boolean {
  const kept = before.filter((item) => after.includes(item)).length;
  switch (kind) {
    case "shrinks":
      return after.length < before.length;
    case "doesNotGrow":
      return after.length <= before.length && kept < before.length;
    case "swapsItems":
      return after.length !== before.length && kept < Math.min(before.length, after.length);
    case "startsOrEnds":
      return (before.length === 0) !== (after.length === 0);
  }
}

function isAs(where: Readonly<Record<string, Json>>, olds: Bag): boolean {
  return Object.entries(where).every(([property, value]) => olds[property] === value);
}

function items(value: Json): string[] {
  return Array.isArray(value) ? value.map((item) => JSON.stringify(item)) : [];
}
