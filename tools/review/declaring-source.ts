import type { Comparison } from "../compare/comparison";
import type { ResourceGraph, ResourceNode } from "../preview/graph";

/**
 * Where the program, as it is after the change, declares a resource or what the resource belongs to;
 * of what is gone, where the nearest component around it stands that is still there. Undefined where
 * only the stack itself is left, which no line declares.
 */
export function declaringSource(
  { before, after }: Pick<Comparison, "before" | "after">,
  urn: string,
): ResourceNode["source"] {
  const [now, then] = [nodesOf(after.graph), nodesOf(before?.graph)];
  for (let at: string | undefined = urn; at !== undefined;) {
    const node = now.get(at);
    if (node?.source !== undefined) return node.source;
    at = (node ?? then.get(at))?.parent;
  }
  return undefined;
}

function nodesOf(graph: ResourceGraph | undefined): ReadonlyMap<string, ResourceNode> {
  return new Map(graph?.resources.map((node) => [node.urn, node]));
}
