import { Cascade } from "./cascade";
import type { Comparison } from "./comparison";
import { inNamesOfToday } from "./earlier-names";
import { limitChanges } from "./limit-changes";
import { missingAliasHints } from "./missing-aliases";
import { pairSides } from "./pair-sides";
import { outputChanges, settingChanges } from "./property-changes";
import {
  changedResource,
  createdResource,
  deletedResource,
  keptResource,
} from "./resource-changes";
import type { Permission } from "./permission";
import type { StackSide } from "./stack-side";
import { undecidedResources } from "./undecided";

/** What is allowed to be lost. */
export interface CompareOptions {
  /**
   * Types whose resources may be deleted and replaced, for example `aws:lb/targetGroup:TargetGroup`; a
   * type alone was given on the command line. Of several permissions for a type the first one counts.
   */
  readonly allowDestruction: readonly (string | Permission)[];
}

/**
 * What deploying `after` does to a stack that stands as `before`: the operations that the engine would
 * do, and what they mean. Two stacks are compared as if `before` had the name of the other one. The
 * `before` of a change speaks of other resources by the URNs that they have after it.
 *
 * @param before undefined for a stack that is new: all is created, and nothing is said to differ
 */
export function compare(
  before: StackSide | undefined,
  after: StackSide,
  { allowDestruction }: CompareOptions,
): Comparison {
  const { project, stack, outputs } = after.graph;
  const { renamed, pairs, created, deleted } = pairSides(before, after);
  const cascade = new Cascade(pairs, {
    isOneStack: before?.graph.stack === stack,
    created: new Set(created.map(({ urn }) => urn)),
  });
  const meaning = {
    allowed: allowedTypes(allowDestruction),
    hints: missingAliasHints(deleted, created, after.graph),
  };
  const gone = new Set(deleted.map(({ urn }) => urn));
  const plans = [...cascade.changes.values()];
  const undecided =
    before === undefined ? [] : undecidedResources(before, after, plans).sort(byUrn);
  const open = new Set(undecided.map(({ urn }) => urn));
  const changed = plans.map((plan) => changedResource(plan, meaning)).filter(isDefined);
  return {
    project,
    stack,
    before,
    after,
    changes: [
      ...created.map((node) => createdResource(node, meaning)),
      ...deleted.map((node) => deletedResource(node, gone, meaning)),
      ...changed,
    ].sort(byUrn),
    kept: plans.map(keptResource).filter(isDefined).sort(byUrn),
    counts: {
      create: created.length,
      update: changed.filter(({ operation }) => operation === "update").length,
      replace: changed.filter(({ operation }) => operation === "replace").length,
      delete: deleted.length,
      same: plans.filter(({ operation, pair }) => operation === "same" && !open.has(pair.after.urn))
        .length,
    },
    settings: before === undefined ? [] : settingChanges(before.settings, after.settings),
    outputs:
      before === undefined
        ? []
        : outputChanges(inNamesOfToday(before.graph.outputs, renamed), outputs, cascade.renewal),
    limits: before === undefined ? [] : limitChanges(before.judgement, after.judgement),
    undecided,
  };
}

/** Who allows it, by type. */
function allowedTypes(
  permissions: CompareOptions["allowDestruction"],
): ReadonlyMap<string, string> {
  return new Map(
    [...permissions]
      .reverse()
      .map((each) =>
        typeof each === "string" ? [each, "--allow-destruction"] : [each.type, each.by],
      ),
  );
}

const isDefined = <T>(value: T | undefined): value is T => value !== undefined;

const byUrn = (one: { readonly urn: string }, other: { readonly urn: string }): number =>
  one.urn < other.urn ? -1 : one.urn > other.urn ? 1 : 0;
