import { isDeepStrictEqual } from "node:util";
import type { Bag } from "../../preview/graph";
import { replacedProperties, replacementOf } from "../replacements";
import { argumentsOf } from "./arguments/table";
import type { ResourceDiff } from "./cloud";
import type { InputDifference, Reading } from "./input-differences";
import { inputDifferences } from "./input-differences";
import { withoutIgnored } from "./property-path";
import { filledIn, withoutList } from "./provider-defaults";

/** What Diff compares. */
interface Inputs {
  readonly olds: Bag;
  readonly news: Bag;
  readonly ignored: readonly string[];
}

/** A change of registry credentials builds nothing anew. Source: diffUpdates of pulumi-docker. */
const CREDENTIALS: Readonly<Record<string, readonly string[]>> = {
  "docker:index/image:Image": ["registry.username", "registry.password"],
};

/** What differs, place by place, and what of it makes a new resource. */
export interface InputChanges {
  readonly differences: readonly InputDifference[];
  /** Those of the differences' properties that make a new resource. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** Compares inputs as the provider does: sets without order, documents by what they say. */
export function diffInputs(type: string, inputs: Inputs): ResourceDiff {
  const { differences, replaces, deleteBeforeReplace } = changesOf(type, inputs);
  return {
    changed: topLevel(differences.map(({ property }) => property)),
    replaces: topLevel(replaces),
    deleteBeforeReplace,
  };
}

/**
 * Compares inputs like diffInputs, and names every place that differs.
 *
 * @param reading what counts as a change beyond what differs
 * @throws where the type is in none of the tables
 */
export function changesOf(
  type: string,
  { olds, news, ignored }: Inputs,
  reading: Omit<Reading, "sets"> = {},
): InputChanges {
  if (type.startsWith("pulumi:providers:")) {
    const differences = inputDifferences(olds, news, { ...reading, sets: [] });
    return { differences, replaces: [], deleteBeforeReplace: false };
  }
  const { sets = [] } = argumentsOf(type);
  const before = withoutList(olds);
  const after = withoutIgnored(withoutList(news), before, ignored);
  const differences = inputDifferences(before, after, { ...reading, sets }).filter(
    ({ path }) => !(CREDENTIALS[type] ?? []).includes(path),
  );
  const properties = differences.map(({ property }) => property);
  const replaces = replacedProperties(type, properties, { olds: before, news: after });
  return {
    differences,
    replaces,
    deleteBeforeReplace:
      replaces.length > 0 &&
      (replacementOf(type).deleteBeforeReplace === true || keepsGivenName(type, olds, news)),
  };
}

/**
 * Two resources cannot have one name. Source: nameRequiresDeleteBeforeReplace of
 * pkg/tfbridge/schema.go in pulumi/pulumi-terraform-bridge.
 */
function keepsGivenName(type: string, olds: Bag, news: Bag): boolean {
  const { autoname } = argumentsOf(type);
  return (
    autoname !== undefined &&
    news[autoname.property] !== undefined &&
    !filledIn(news).includes(autoname.property) &&
    isDeepStrictEqual(olds[autoname.property], news[autoname.property])
  );
}

function topLevel(properties: readonly string[]): string[] {
  return [...new Set(properties.map((property) => property.split(".")[0] ?? property))];
}
