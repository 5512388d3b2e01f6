import { compareTexts } from "../../compare/security/values";
import {
  byTitle,
  INTERNET,
  type Architecture,
  type DiagramEdge,
  type KeyedNode,
} from "./diagram-node";
import { KINDS, type Kind } from "./places";

/** Nodes of a kind that are drawn for themselves; a picture of more is none. */
const MOST_OF_A_KIND = 6;
/** Mermaid draws at most 500 edges as GitHub configures it. */
const MOST_EDGES = 200;

/**
 * The nodes and edges as they are drawn: sorted, with ids, and few enough. Of a kind with too many, those that
 * change stay first, and one node stands for the rest.
 */
export function withinBounds(
  all: readonly KeyedNode[],
  edges: readonly DiagramEdge[],
): Architecture {
  const kinds = Object.keys(KINDS) as readonly Kind[];
  const isOutside = edges.some(({ from, to }) => from === INTERNET || to === INTERNET);
  const groups = kinds.map((kind) => boundKind(all.filter((node) => node.kind === kind)));
  const nodes = [...(isOutside ? [outside()] : []), ...groups.flatMap((group) => group.nodes)];
  const ids = new Map(nodes.map(({ key }, index) => [key, `n${String(index + 1)}`]));
  const idOf = (key: string): string | undefined => {
    const moved = groups.flatMap(({ rest }) => rest.get(key) ?? [])[0];
    return ids.get(moved ?? key);
  };
  return {
    nodes: nodes.map(({ key, ...node }) => ({ ...node, id: ids.get(key) ?? key })),
    edges: boundEdges(edges, idOf),
  };
}

function boundKind(nodes: readonly KeyedNode[]): {
  readonly nodes: readonly KeyedNode[];
  /** Key of a node that is not drawn to the key of the one that stands for it. */
  readonly rest: ReadonlyMap<string, string>;
} {
  const sorted = [...nodes].sort(
    (a, b) => Number(a.change === "same") - Number(b.change === "same") || byTitle(a, b),
  );
  const [drawn, rest] = [sorted.slice(0, MOST_OF_A_KIND), sorted.slice(MOST_OF_A_KIND)];
  const [first] = rest;
  if (first === undefined) {
    return { nodes: [...drawn].sort(byTitle), rest: new Map() };
  }
  const key = `rest of ${first.kind}`;
  const changes = new Set(rest.map(({ change }) => change));
  const more: KeyedNode = {
    key,
    id: key,
    kind: first.kind,
    title: `${KINDS[first.kind]}: ${String(rest.length)} more`,
    detail: undefined,
    change: changes.size === 1 ? first.change : "update",
    counts: undefined,
  };
  return {
    nodes: [...[...drawn].sort(byTitle), more],
    rest: new Map(rest.map((node) => [node.key, key])),
  };
}

function boundEdges(
  edges: readonly DiagramEdge[],
  idOf: (key: string) => string | undefined,
): readonly DiagramEdge[] {
  const byEnds = new Map<string, DiagramEdge>();
  for (const edge of edges) {
    const [from, to] = [idOf(edge.from), idOf(edge.to)];
    if (from !== undefined && to !== undefined && from !== to) {
      const ends = `${from} ${to}`;
      const known = byEnds.get(ends);
      const change = known === undefined || known.change === edge.change ? edge.change : "same";
      byEnds.set(ends, { ...edge, from, to, change });
    }
  }
  const placeOf = (id: string): number => Number(id.slice(1));
  return [...byEnds.values()]
    .sort(
      (a, b) =>
        Number(b.isMain) - Number(a.isMain) ||
        placeOf(a.from) - placeOf(b.from) ||
        placeOf(a.to) - placeOf(b.to) ||
        compareTexts(a.label, b.label),
    )
    .slice(0, MOST_EDGES);
}

const outside = (): KeyedNode => ({
  key: INTERNET,
  id: INTERNET,
  kind: "internet",
  title: KINDS.internet,
  detail: undefined,
  change: "same",
  counts: undefined,
});
