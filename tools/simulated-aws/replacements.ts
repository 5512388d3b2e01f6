import type { Bag, Json } from "../preview/graph";
import { COMPUTE_REPLACEMENTS } from "./replacements/compute";
import { IDENTITY_AND_STORAGE_REPLACEMENTS } from "./replacements/identity-and-storage";
import { LOAD_BALANCING_REPLACEMENTS } from "./replacements/load-balancing";
import { NETWORK_REPLACEMENTS } from "./replacements/network";
import { OBSERVABILITY_REPLACEMENTS } from "./replacements/observability";
import type { Condition, Replacement, Replacements } from "./replacements/replacement";

/**
 * What cannot be changed in place, for every type that the simulated AWS knows: changing one of these
 * properties makes a new resource. The facts are the AWS provider's own (`ForceNew` and
 * `CustomizeDiff` of its schemas); each entry names the file that it was taken from.
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
  switch (condition.kind) {
    case "was":
      return olds[condition.property] === condition.value;
    case "becomes":
      return (
        olds[condition.property] === condition.from && news[condition.property] === condition.to
      );
    case "losesItems": {
      const left = items(news[condition.property]).map((item) => JSON.stringify(item));
      return (
        isAs(condition.where, olds) &&
        items(olds[condition.property]).some((item) => !left.includes(JSON.stringify(item)))
      );
    }
    case "startsOrEnds": {
      const [before, after] = [olds, news].map((bag) => items(bag[condition.property]).length);
      return isAs(condition.where, olds) && (before === 0) !== (after === 0);
    }
  }
}

function isAs(where: Readonly<Record<string, Json>>, olds: Bag): boolean {
  return Object.entries(where).every(([property, value]) => olds[property] === value);
}

function items(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
