import type { Json, ResourceNode } from "../../preview/graph";
import type { Comparison } from "../comparison";
import { nodeInNamesOfToday } from "../earlier-names";
import { referencesIn } from "../reference";

/** One side of a comparison, asked about what refers to what. */
export interface ComparedSide {
  readonly nodes: readonly ResourceNode[];
  ofType(this: void, ...types: readonly string[]): readonly ResourceNode[];
  get(this: void, urn: string): ResourceNode | undefined;
  /** Resources of the stack that a property refers to, by its value or, where that is unknown, by its dependencies. */
  referred(this: void, node: ResourceNode, property: string): readonly ResourceNode[];
  /** Resources of the types whose property refers to the target. */
  referring(
    this: void,
    target: ResourceNode,
    property: string,
    ...types: readonly string[]
  ): readonly ResourceNode[];
}

/** Both sides; what is the same resource has the URN that it has after the change. */
export function comparedSides(comparison: Comparison): {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
} {
  const { before, after, changes, kept } = comparison;
  const nodes = before?.graph.resources ?? [];
  const own = prefixOf(before?.graph ?? after.graph);
  const prefix = prefixOf(after.graph);
  const renamed = new Map(
    [...changes, ...kept].flatMap(({ previousUrn, urn }) =>
      previousUrn === undefined ? [] : [[previousUrn, urn] as const],
    ),
  );
  const urnAfter = (urn: string): string =>
    renamed.get(urn) ?? (urn.startsWith(own) ? prefix + urn.slice(own.length) : urn);
  return {
    before: sideOf(
      own === prefix && renamed.size === 0 ? nodes : nodes.map((node) => moved(node, urnAfter)),
    ),
    after: sideOf(after.graph.resources),
  };
}

/** Every text in a value. */
function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === "string") {
    return [value];
  }
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];
}

const prefixOf = (graph: { readonly stack: string; readonly project: string }): string =>
  `urn:pulumi:${graph.stack}::${graph.project}::`;

/** The resource as the change names it and all that it refers to. */
const moved = (node: ResourceNode, urnAfter: (urn: string) => string): ResourceNode => ({
  ...nodeInNamesOfToday(node, urnAfter),
  urn: urnAfter(node.urn),
});

function sideOf(nodes: readonly ResourceNode[]): ComparedSide {
  const byUrn = new Map(nodes.map((node) => [node.urn, node]));
  const byType = new Map<string, ResourceNode[]>();
  for (const node of nodes) {
    byType.set(node.type, [...(byType.get(node.type) ?? []), node]);
  }
  const ofType = (...types: readonly string[]) => types.flatMap((type) => byType.get(type) ?? []);
  const referred = (node: ResourceNode, property: string): readonly ResourceNode[] => {
    const named = textsIn(node.inputs[property]).flatMap(referencesIn);
    const urns =
      named.length > 0
        ? named.map(({ source }) => source)
        : (node.propertyDependencies[property] ?? []);
    return [...new Set(urns)].flatMap((urn) => byUrn.get(urn) ?? []);
  };
  return {
    nodes,
    ofType,
    get: (urn) => byUrn.get(urn),
    referred,
    referring: (target, property, ...types) =>
      ofType(...types).filter((node) => referred(node, property).includes(target)),
  };
}
