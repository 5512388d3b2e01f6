import type { ResourceNode } from "../preview/graph";
import type { PlannedChange } from "./cascade";
import { consequenceOf } from "./consequences";
import type { KeptResource, Operation, ResourceChange } from "./comparison";
import { holdingOf } from "./holds";
import { optionChanges, propertyChanges } from "./property-changes";
import { protectionHint } from "./protection";

/** What a change means beyond what it does. */
export interface Meaning {
  /** Types whose resources may be deleted and replaced, with who allowed it. */
  readonly allowed: ReadonlyMap<string, string>;
  /** For a person, by URN. */
  readonly hints: ReadonlyMap<string, string>;
}

/** A resource that comes. */
export function createdResource(after: ResourceNode, meaning: Meaning): ResourceChange {
  return described("create", { after }, meaning, WHOLE);
}

/**
 * A resource that goes.
 *
 * @param deleted URNs of all that goes
 */
export function deletedResource(
  before: ResourceNode,
  deleted: ReadonlySet<string>,
  meaning: Meaning,
): ResourceChange {
  const { deletedWith } = before.options;
  const isFollowing = deletedWith !== undefined && deleted.has(deletedWith);
  return described(
    "delete",
    { before },
    meaning,
    isFollowing ? { ...WHOLE, follows: [deletedWith] } : WHOLE,
  );
}

/** A resource that stays and changes; undefined for one that is not touched. */
export function changedResource(plan: PlannedChange, meaning: Meaning): ResourceChange | undefined {
  const { operation, differences, deletesFirst, follows, pair } = plan;
  return operation === "same"
    ? undefined
    : described(operation, pair, meaning, {
        previousUrn: previousUrn(plan),
        properties: propertyChanges(differences),
        options: optionChanges(pair.before.options, pair.after.options),
        mayReplace: operation === "update" && differences.mayReplace,
        deletesFirst,
        follows: [...follows].sort(),
      });
}

/** A resource that is not touched, though it has another URN or other options; undefined for others. */
export function keptResource(plan: PlannedChange): KeptResource | undefined {
  const { before, after } = plan.pair;
  const { urn, type, name } = after;
  if (plan.operation !== "same") {
    return undefined;
  }
  const options = optionChanges(before.options, after.options);
  const kept = { urn, previousUrn: previousUrn(plan), type, name, options };
  return kept.previousUrn === undefined && options.length === 0 ? undefined : kept;
}

const previousUrn = ({ pair: { before, after } }: PlannedChange): string | undefined =>
  before.urn === after.urn ? undefined : before.urn;

/** What is found by comparing a resource with what it was. */
type Found = Pick<
  ResourceChange,
  "previousUrn" | "properties" | "options" | "mayReplace" | "deletesFirst" | "follows"
>;

/** What is found of a resource that is not compared with another. */
const WHOLE: Found = {
  previousUrn: undefined,
  properties: [],
  options: [],
  mayReplace: false,
  deletesFirst: false,
  follows: [],
};

interface OneOrBoth {
  readonly before?: ResourceNode;
  readonly after?: ResourceNode;
}

function described(
  operation: Operation,
  { before, after }: OneOrBoth,
  { allowed, hints }: Meaning,
  found: Found,
): ResourceChange {
  const { urn = "", type = "", name = "" } = after ?? before ?? {};
  const holds = holdingOf(type)?.holds;
  const removes = operation === "delete" || operation === "replace";
  const isLost = removes && before !== undefined && holds !== undefined && !isRetained(before);
  return {
    operation,
    urn,
    previousUrn: found.previousUrn,
    type,
    name,
    before,
    after,
    properties: found.properties,
    options: found.options,
    mayReplace: found.mayReplace,
    deletesFirst: found.deletesFirst,
    follows: found.follows,
    holds,
    destruction: isLost ? (allowed.has(type) ? "allowed" : "refused") : undefined,
    allowedBy: isLost ? allowed.get(type) : undefined,
    hint: allHints([
      hints.get(urn),
      protectionHint(operation, before, after),
      operation === "update" && after !== undefined
        ? consequenceOf(after, found.properties)
        : undefined,
    ]),
    causes: undefined,
  };
}

function allHints(hints: readonly (string | undefined)[]): string | undefined {
  const given = hints.filter((hint) => hint !== undefined);
  return given.length === 0 ? undefined : given.join("; ");
}

/** Left in the account when the stack gives it up: by the engine, or by the provider itself. */
const isRetained = ({ options, inputs }: ResourceNode): boolean =>
  options.retainOnDelete === true || inputs["skipDestroy"] === true;
