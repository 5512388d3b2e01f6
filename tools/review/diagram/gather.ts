import type { ComparedSide } from "../../compare/security/compared-sides";
import type { ResourceNode } from "../../preview/graph";
import { placeOf, type Kind } from "./places";

/** The resources that a node stands for. */
export interface Gathered {
  readonly kind: Kind;
  /** The one that the node is named after; undefined where it stands for all of a kind. */
  readonly own: ResourceNode | undefined;
  readonly counted: number;
  /** All of them, `own` and counted ones included. */
  readonly parts: readonly ResourceNode[];
}

/** The nodes of a side by their key: the URN of what they are named after, or their kind. */
export function gatherNodes(side: ComparedSide): ReadonlyMap<string, Gathered> {
  const gathered = new Map<string, Gathered>();
  for (const node of side.nodes) {
    if (!isDrawn(node)) {
      continue;
    }
    const key = keyOf(side, node);
    const { kind, own, counted, parts } = gathered.get(key) ?? {
      kind: placeOf(side.get(key)?.type ?? node.type).kind,
      own: side.get(key),
      counted: 0,
      parts: [],
    };
    const isCounted = placeOf(node.type).as === "counted";
    gathered.set(key, {
      // A part whose owner the stack does not declare stands among the others.
      kind: side.get(key) === undefined ? (key as Kind) : kind,
      own,
      counted: counted + (isCounted ? 1 : 0),
      parts: [...parts, node],
    });
  }
  return gathered;
}

/** The key of the node that the resource is in; components and the stack are in none. */
export function keyOf(side: ComparedSide, node: ResourceNode, depth = 0): string {
  const { kind, as } = placeOf(node.type);
  if (as === "own") {
    return node.urn;
  }
  if (as === "counted" || as === "behind") {
    return kind;
  }
  const owners =
    "partOf" in as
      ? side.referred(node, as.partOf)
      : as.usedBy.flatMap(([type, property]) => side.referring(node, property, type));
  const owner = owners.find(({ type }) => isOf(type, kind));
  return owner === undefined || depth === MOST_STEPS ? "other" : keyOf(side, owner, depth + 1);
}

/** True for what takes part in the diagram. */
export function isDrawn({ custom, type }: ResourceNode): boolean {
  return custom && !type.startsWith("pulumi:");
}

/** A listener rule is a part of a listener, which is a part of a load balancer. */
const MOST_STEPS = 3;

const isOf = (type: string, kind: Kind): boolean => placeOf(type).kind === kind;
