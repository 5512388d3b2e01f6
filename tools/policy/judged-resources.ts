import {
  type Bag,
  type Json,
  type ResourceGraph,
  type ResourceNode,
  SECRET,
  UNKNOWN,
} from "../preview/graph";
import type { AnalyzedResource } from "./analyzer";

/** The resources of a graph as the engine would show them to the pack, each made once. */
export class JudgedResources {
  /** With their outputs, for stack policies. */
  private readonly analyzed = new Map<string, AnalyzedResource>();
  private readonly nodes: ReadonlyMap<string, ResourceNode>;
  /** URN of the stack itself. */
  readonly root: string;

  constructor({ resources }: ResourceGraph) {
    this.nodes = new Map(resources.map((node) => [node.urn, node]));
    const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack") ?? resources[0];
    this.root = stack?.urn ?? "";
    for (const node of resources) {
      this.analyzed.set(node.urn, analyzedOf(node, concealed(node.outputs)));
    }
  }

  node(urn: string): ResourceNode | undefined {
    return this.nodes.get(urn);
  }

  /** A resource with its inputs, for resource policies. */
  withInputs(node: ResourceNode): AnalyzedResource {
    return analyzedOf(node, concealed(node.inputs));
  }

  /** Takes over inputs that a repair changed: what the program sets, AWS gives back. */
  repaired(urn: string, before: Bag, after: Bag): void {
    const resource = this.analyzed.get(urn);
    if (resource === undefined) {
      return;
    }
    const changed = Object.entries(after).filter(([key, value]) => value !== before[key]);
    this.analyzed.set(urn, {
      ...resource,
      props: { ...resource.props, ...Object.fromEntries(changed) },
    });
  }

  /** What a stack policy needs: the stack, resources of the types that it reads, and what these refer to. */
  read(types: readonly string[] | "all"): readonly AnalyzedResource[] {
    if (types === "all") {
      return [...this.analyzed.values()];
    }
    const wanted = new Set([this.root]);
    for (const { urn, type, parent, propertyDependencies } of this.analyzed.values()) {
      if (types.includes(type)) {
        const referred = Object.values(propertyDependencies).flat();
        for (const each of [urn, ...(parent === undefined ? [] : [parent]), ...referred]) {
          wanted.add(each);
        }
      }
    }
    return [...this.analyzed.values()].filter(({ urn }) => wanted.has(urn));
  }

  /** Where the program declares a resource; for a child that a provider makes, where its parent is. */
  sourceOf(urn: string): ResourceNode["source"] {
    const node = this.nodes.get(urn);
    if (node === undefined || node.source !== undefined) {
      return node?.source;
    }
    return node.parent === undefined ? undefined : this.sourceOf(node.parent);
  }
}

function analyzedOf(node: ResourceNode, props: Bag): AnalyzedResource {
  const { type, urn, name, parent, dependencies, propertyDependencies, options } = node;
  const { protect = false, ignoreChanges = [] } = options;
  return {
    ...{ type, urn, name, props, parent, protect, ignoreChanges },
    ...{ dependencies, propertyDependencies },
  };
}

/** The bag with every secret unknown: nobody decrypted it, so no policy can judge it. */
function concealed(bag: Bag): Bag {
  return Object.fromEntries(
    Object.entries(bag).map(([key, value]) => [key, concealedValue(value)]),
  );
}

function concealedValue(value: Json): Json {
  if (value === SECRET) {
    return UNKNOWN;
  }
  if (Array.isArray(value)) {
    return value.map(concealedValue);
  }
  return value === null || typeof value !== "object" ? value : concealed(value);
}
