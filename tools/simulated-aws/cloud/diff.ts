import { isDeepStrictEqual } from "node:util";
import type { Bag, Json } from "../../preview/graph";
import { isBag } from "../protocol-values";
import { replacedProperties, replacementOf } from "../replacements";
import { argumentsOf } from "./arguments/table";
import type { ResourceDiff } from "./cloud";
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

/** Compares inputs as the provider does: sets without order, documents by what they say. */
export function diffInputs(type: string, { olds, news, ignored }: Inputs): ResourceDiff {
  if (type.startsWith("pulumi:providers:")) {
    return {
      changed: topLevel(changedPaths(olds, news)),
      replaces: [],
      deleteBeforeReplace: false,
    };
  }
  const before = inOrder(type, withoutList(olds));
  const after = inOrder(type, withoutIgnored(withoutList(news), withoutList(olds), ignored));
  const paths = changedPaths(before, after).filter(
    (path) => !(CREDENTIALS[type] ?? []).includes(path),
  );
  const replaces = topLevel(replacedProperties(type, paths, { olds: before, news: after }));
  return {
    changed: topLevel(paths),
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

function inOrder(type: string, inputs: Bag): Bag {
  const sets = argumentsOf(type).sets ?? [];
  return Object.fromEntries(
    Object.entries(inputs).map(([property, value]) => [
      property,
      sets.includes(property) && Array.isArray(value) ? sorted(value) : value,
    ]),
  );
}

function sorted(values: readonly Json[]): Json[] {
  return values
    .map((value) => ({ value, key: JSON.stringify(value) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ value }) => value);
}

/** Innermost places that differ, in the order of their names. */
function changedPaths(before: Json | undefined, after: Json | undefined, path = ""): string[] {
  if (isDeepStrictEqual(before, after) || sayTheSame(before, after)) {
    return [];
  }
  if (isBag(before) && isBag(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .sort()
      .flatMap((key) =>
        changedPaths(before[key], after[key], path === "" ? key : `${path}.${key}`),
      );
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) =>
      changedPaths(item, after[index], `${path}[${String(index)}]`),
    );
  }
  return [path];
}

/** True for two texts of JSON that differ in nothing but spaces and the order of keys. */
function sayTheSame(before: Json | undefined, after: Json | undefined): boolean {
  if (typeof before !== "string" || typeof after !== "string" || !/^\s*[[{]/.test(before)) {
    return false;
  }
  try {
    return isDeepStrictEqual(JSON.parse(before), JSON.parse(after));
  } catch {
    return false;
  }
}

function topLevel(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.split(/[.[]/)[0] ?? path))];
}
