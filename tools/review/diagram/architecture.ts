import type { Comparison } from "../../compare/comparison";
import { comparedSides, type ComparedSide } from "../../compare/security/compared-sides";
import { withinBounds } from "./bounds";
import { describeFacts, factsOf } from "./details";
import { SIGNS, type Architecture, type Change, type KeyedNode } from "./diagram-node";
import { edgesOf } from "./edges";
import { gatherNodes, type Gathered } from "./gather";
import { KINDS } from "./places";

/** The architecture of both sides in one: what is gone stands in it as deleted. The order of resources does not matter. */
export function architectureOf(comparison: Comparison): Architecture {
  const sides = comparedSides(comparison);
  const before = gatherNodes(sides.before);
  const after = gatherNodes(sides.after);
  const changeOf = changesBy(comparison, sides.before, sides.after);
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const nodes = keys
    .map((key) => nodeOf(key, before.get(key), after.get(key), changeOf))
    // Nobody looks for what has no place in the picture unless it changes.
    .filter(({ kind, change }) => kind !== "other" || change !== "same");
  const edges = edgesOf({ side: sides.before, nodes: before }, { side: sides.after, nodes: after });
  return withinBounds(nodes, edges);
}

type ChangeOf = (urn: string) => Change;

function changesBy(comparison: Comparison, before: ComparedSide, after: ComparedSide): ChangeOf {
  const operations = new Map(comparison.changes.map(({ urn, operation }) => [urn, operation]));
  return (urn) => {
    const [was, is] = [before.get(urn) !== undefined, after.get(urn) !== undefined];
    return was && is ? (operations.get(urn) ?? "same") : is ? "create" : "delete";
  };
}

function nodeOf(
  key: string,
  before: Gathered | undefined,
  after: Gathered | undefined,
  changeOf: ChangeOf,
): KeyedNode {
  const present = after ?? before;
  const kind = present?.kind ?? "other";
  const own = present?.own;
  const urns = [
    ...new Set([...(before?.parts ?? []), ...(after?.parts ?? [])].map(({ urn }) => urn)),
  ];
  const changes = urns.map(changeOf);
  const ownChange = own === undefined ? summed(changes) : changeOf(own.urn);
  return {
    key,
    id: key,
    kind,
    title: own === undefined ? KINDS[kind] : `${KINDS[kind]} ${own.name}`,
    detail: describeFacts(before && factsOf(before), after && factsOf(after)),
    change: ownChange === "same" ? summed(changes) : ownChange,
    counts: countsOf(changes),
  };
}

/** One change where all have the same; of several, the node as a whole is updated. */
function summed(changes: readonly Change[]): Change {
  const [first = "same", ...others] = new Set(changes);
  return others.length === 0 ? first : "update";
}

/** Where more than one resource changes. */
function countsOf(changes: readonly Change[]): string | undefined {
  if (changes.filter((change) => change !== "same").length < 2) {
    return undefined;
  }
  const told = (["create", "update", "replace", "delete"] as const).flatMap((change) => {
    const count = changes.filter((each) => each === change).length;
    return count === 0 ? [] : [`${SIGNS[change]}${String(count)}`];
  });
  return told.join(" ");
}
