import type { StackSide } from "../../tools/compare/stack-side";
import type { ResourceGraph } from "../../tools/preview/graph";

/**
 * The side with as many copies of its resources as make at least `resources`: every URN but the stack's
 * ends in the number of its copy, in references too, so that each copy is wired within itself.
 */
export function sizedSide(side: StackSide, resources: number): StackSide {
  const { graph } = side;
  const copies = Math.ceil(resources / graph.resources.length);
  return {
    ...side,
    graph: {
      ...graph,
      resources: [
        ...graph.resources.filter(isStack),
        ...Array.from({ length: copies }, (_, index) => copyOf(graph, index)).flat(),
      ],
    },
  };
}

function copyOf(graph: ResourceGraph, index: number): ResourceGraph["resources"] {
  const root = graph.resources.find(isStack)?.urn;
  const renamed = JSON.stringify(graph.resources.filter((node) => !isStack(node))).replace(
    /urn:pulumi:[^"#}\\]+/g,
    (urn) => (urn === root ? urn : `${urn}-${index}`),
  );
  return JSON.parse(renamed) as ResourceGraph["resources"];
}

const isStack = ({ parent }: { readonly parent?: string | undefined }): boolean =>
  parent === undefined;
