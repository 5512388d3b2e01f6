import type { ResourceGraph, ResourceNode } from "../../tools/preview/graph";

/**
 * The order in which the engine deletes: a resource goes before everything that it depends on, its
 * parent, and, where it depends on a component, all of the component's children.
 * Source: DependenciesOf in pkg/resource/graph/dependency_graph.go of pulumi/pulumi.
 */
export class DeletionOrder {
  private readonly byUrn: ReadonlyMap<string, ResourceNode>;
  private readonly children = new Map<string, string[]>();
  private readonly outlasting = new Map<string, ReadonlySet<string>>();

  constructor(graph: ResourceGraph) {
    this.byUrn = new Map(graph.resources.map((resource) => [resource.urn, resource]));
    for (const { urn, parent } of graph.resources) {
      if (parent !== undefined) {
        this.children.set(parent, [...(this.children.get(parent) ?? []), urn]);
      }
    }
  }

  /** True where `first` is gone before the deletion of `second` begins. */
  isDeletedBefore(first: ResourceNode, second: ResourceNode): boolean {
    return this.outlastingOf(first.urn).has(second.urn);
  }

  /** Everything that is deleted later than the resource. */
  private outlastingOf(urn: string): ReadonlySet<string> {
    const known = this.outlasting.get(urn);
    if (known !== undefined) {
      return known;
    }
    const all = new Set<string>();
    const visit = (next: string) => {
      if (next === urn || all.has(next)) {
        return;
      }
      all.add(next);
      this.directDependencies(next).forEach(visit);
    };
    this.directDependencies(urn).forEach(visit);
    this.outlasting.set(urn, all);
    return all;
  }

  private directDependencies(urn: string): readonly string[] {
    const resource = this.byUrn.get(urn);
    if (resource === undefined) {
      return [];
    }
    const { parent, dependencies } = resource;
    return [
      ...(parent === undefined ? [] : [parent]),
      ...dependencies.flatMap((dependency) => [
        dependency,
        ...this.descendantsIfComponent(dependency),
      ]),
    ];
  }

  private descendantsIfComponent(urn: string): readonly string[] {
    return this.byUrn.get(urn)?.custom === false ? this.descendants(urn) : [];
  }

  private descendants(urn: string): readonly string[] {
    return (this.children.get(urn) ?? []).flatMap((child) => [child, ...this.descendants(child)]);
  }
}
