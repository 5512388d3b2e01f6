import type { ResourceGraph, ResourceNode } from "../preview/graph";
import { urnOf } from "../simulated-aws/protocol-values";

/** Which resource of a graph is which of another. */
export interface MatchedResources {
  /** URN after the change to the resource before it. */
  readonly befores: ReadonlyMap<string, ResourceNode>;
  /** Those of before that no resource takes over. */
  readonly gone: readonly ResourceNode[];
}

/**
 * Finds each resource's predecessor as the engine does: by its URN, then by its aliases, then by those
 * that it inherits from a parent that was found by an alias.
 * Source: getOldResource and generateAliases of pkg/resource/deploy/step_generator.go in pulumi/pulumi.
 *
 * @param before its URNs name the stack that `after` is of
 */
export function matchResources(
  before: readonly ResourceNode[],
  after: ResourceGraph,
): MatchedResources {
  const olds = new Map(before.map((node) => [node.urn, node]));
  const news = new Map(after.resources.map((node) => [node.urn, node]));
  const taken = new Set<string>();
  /** URN to the alias that its predecessor was found by; undefined for one that was found by its URN, or not. */
  const found = new Map<string, string | undefined>();

  function find(node: ResourceNode): string | undefined {
    if (found.has(node.urn)) {
      return found.get(node.urn);
    }
    // Set before the parents are looked at, so that a graph with a circle ends too.
    found.set(node.urn, undefined);
    const parent = node.parent === undefined ? undefined : news.get(node.parent);
    const parentAlias = parent === undefined ? undefined : find(parent);
    if (olds.has(node.urn)) {
      return undefined;
    }
    const alias = aliasesOf(node, parent, parentAlias, after).find(
      // What the new program declares itself is no predecessor of another.
      (urn) => olds.has(urn) && !news.has(urn) && !taken.has(urn),
    );
    if (alias !== undefined) {
      taken.add(alias);
      found.set(node.urn, alias);
    }
    return alias;
  }

  const befores = new Map<string, ResourceNode>();
  for (const node of after.resources) {
    const old = olds.get(find(node) ?? node.urn);
    if (old !== undefined) {
      befores.set(node.urn, old);
    }
  }
  return { befores, gone: before.filter(({ urn }) => !news.has(urn) && !taken.has(urn)) };
}

function aliasesOf(
  node: ResourceNode,
  parent: ResourceNode | undefined,
  parentAlias: string | undefined,
  { project, stack }: ResourceGraph,
): readonly string[] {
  const own = node.options.aliases ?? [];
  if (parent === undefined || parentAlias === undefined) {
    return own;
  }
  const below = (type: string, name: string): string =>
    urnOf(project, stack, parentAlias, type, name);
  const inherited = (type: string, name: string): string =>
    below(type, inheritedName(name, parent.name, nameOf(parentAlias)));
  return [
    // An alias below the parent means the parent as it was.
    ...own.map((urn) => (isBelow(urn, parent.urn) ? below(typeOf(urn), nameOf(urn)) : urn)),
    inherited(node.type, node.name),
    ...own.map((urn) => inherited(typeOf(urn), nameOf(urn))),
  ];
}

/**
 * The URN that a child had while its parent had another: a name that begins with the parent's began
 * with the parent's earlier one. Source: inheritedChildAlias of the engine.
 */
export function inheritedUrn(
  child: ResourceNode,
  parentName: string,
  parentAlias: string,
  { project, stack }: ResourceGraph,
): string {
  const name = inheritedName(child.name, parentName, nameOf(parentAlias));
  return urnOf(project, stack, parentAlias, child.type, name);
}

function inheritedName(name: string, parentName: string, earlier: string): string {
  return name.startsWith(parentName) ? `${earlier}${name.slice(parentName.length)}` : name;
}

function isBelow(urn: string, parentUrn: string): boolean {
  const types = typesOf(urn);
  return types.slice(0, types.lastIndexOf("$")) === typesOf(parentUrn);
}

const typesOf = (urn: string): string => urn.split("::")[2] ?? "";

/** Type of the resource itself, without those of its parents. */
const typeOf = (urn: string): string => typesOf(urn).split("$").pop() ?? "";

/** A name may hold the separator. */
const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");
