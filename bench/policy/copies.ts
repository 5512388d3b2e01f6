import type { ResourceGraph } from "../../tools/preview/graph";

/**
 * `count` stacks of the same resources in one graph: every URN but the stack's ends in the number of
 * its copy, and so does every reference, so that each copy is wired within itself.
 */
export function copiesOf(graph: ResourceGraph, count: number): ResourceGraph {
  const roots = new Set(
    graph.resources.filter(({ parent }) => parent === undefined).map(({ urn }) => urn),
  );
  const copies = Array.from({ length: count }, (_, index) => {
    const rename = (urn: string) => (roots.has(urn) ? urn : `${urn}-${index}`);
    return graph.resources
      .filter(({ urn }) => !roots.has(urn))
      .map((resource) => ({
        ...resource,
        urn: rename(resource.urn),
        name: `${resource.name}-${index}`,
        parent: resource.parent === undefined ? undefined : rename(resource.parent),
        dependencies: resource.dependencies.map(rename),
        propertyDependencies: Object.fromEntries(
          Object.entries(resource.propertyDependencies).map(([property, urns]) => [
            property,
            urns.map(rename),
          ]),
        ),
      }));
  });
  return {
    ...graph,
    resources: [...graph.resources.filter(({ urn }) => roots.has(urn)), ...copies.flat()],
  };
}
