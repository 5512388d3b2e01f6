import type { ComparedSide } from "../../compare/security/compared-sides";
import { isTrue } from "../../compare/security/values";
import { INTERNET, type DiagramEdge } from "./diagram-node";
import { isDrawn, keyOf, type Gathered } from "./gather";
import { relationOf } from "./relations";

export interface GatheredSide {
  readonly side: ComparedSide;
  readonly nodes: ReadonlyMap<string, Gathered>;
}

/** The edges of both sides, by the keys of their nodes; each pair of nodes has at most one in a direction. */
export function edgesOf(before: GatheredSide, after: GatheredSide): readonly DiagramEdge[] {
  const [earlier, later] = [drawn(before), drawn(after)];
  return [...new Map([...earlier, ...later])].map(([key, edge]) => ({
    ...edge,
    change: !earlier.has(key) ? "create" : later.has(key) ? "same" : "delete",
  }));
}

type Edge = Omit<DiagramEdge, "change">;

function drawn({ side, nodes }: GatheredSide): ReadonlyMap<string, Edge> {
  const edges = new Map<string, Edge>();
  const add = (edge: Edge): void => {
    edges.set(`${edge.from} ${edge.to}`, edge);
  };
  for (const node of side.nodes.filter(isDrawn)) {
    const from = keyOf(side, node);
    for (const property of referringProperties(node)) {
      for (const other of side.referred(node, property).filter(isDrawn)) {
        const to = keyOf(side, other);
        const [one, two] = [nodes.get(from)?.kind, nodes.get(to)?.kind];
        const relation = one && two && from !== to ? relationOf(one, two) : undefined;
        if (relation !== undefined) {
          const { isReversed, isMain, label } = relation;
          add({ ...(isReversed ? { from: to, to: from } : { from, to }), isMain, label });
        }
      }
    }
  }
  for (const [key, { kind, own }] of nodes) {
    if (kind === "loadBalancer" && !isTrue(own?.inputs["internal"])) {
      add({ from: INTERNET, to: key, isMain: true, label: "" });
    }
    if (kind === "nat") {
      add({ from: key, to: INTERNET, isMain: false, label: "" });
    }
  }
  return edges;
}

const referringProperties = (node: {
  readonly inputs: object;
  readonly propertyDependencies: object;
}): ReadonlySet<string> =>
  new Set([...Object.keys(node.inputs), ...Object.keys(node.propertyDependencies)]);
