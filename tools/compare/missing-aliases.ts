import type { Json, ResourceGraph, ResourceNode } from "../preview/graph";
import { inheritedUrn } from "./match-resources";
import { withSources } from "./reference";

/** A resource that looks like another one under a new name, parent or both. */
interface Renamed {
  readonly old: ResourceNode;
  /** Name of the parent whose alias would do, or undefined where the resource needs one itself. */
  readonly throughParent: string | undefined;
}

/**
 * Hints for resources that would be deleted and created again and look like the same ones renamed:
 * what keeps them is an alias. Where only one parent is renamed, its alias is enough for all below it.
 *
 * @param gone resources that would be deleted
 * @param come resources that would be created
 * @returns by URN, of both sides
 */
export function missingAliasHints(
  gone: readonly ResourceNode[],
  come: readonly ResourceNode[],
  after: ResourceGraph,
): ReadonlyMap<string, string> {
  const renamed = findRenamed(gone, come, after);
  const hints = new Map<string, string>();
  for (const node of come) {
    const found = renamed.get(node.urn);
    if (found !== undefined) {
      const { old, throughParent } = found;
      const alias =
        throughParent === undefined
          ? `add \`aliases: [${aliasText(old, node)}]\` to ${node.name}`
          : `add the alias that ${throughParent} needs`;
      hints.set(node.urn, `looks like ${old.name} renamed: ${alias} to keep the resource`);
      hints.set(old.urn, `looks renamed to ${node.name}: ${alias} to keep the resource`);
    }
  }
  return hints;
}

/** The alias as the program writes it. */
function aliasText(old: ResourceNode, node: ResourceNode): string {
  return old.parent === node.parent
    ? `{ name: ${JSON.stringify(old.name)} }`
    : JSON.stringify(old.urn);
}

function findRenamed(
  gone: readonly ResourceNode[],
  come: readonly ResourceNode[],
  after: ResourceGraph,
): ReadonlyMap<string, Renamed> {
  const renamed = new Map<string, Renamed>();
  const left = new Map(gone.map((node) => [node.urn, node]));
  const alike = alikePairs(gone, come);
  const byUrn = new Map(come.map((node) => [node.urn, node]));
  // Parents come first, and what their aliases cover needs no likeness.
  for (const node of [...come].sort((one, other) => depth(one, byUrn) - depth(other, byUrn))) {
    const parent = node.parent === undefined ? undefined : byUrn.get(node.parent);
    const parentRenamed = parent === undefined ? undefined : renamed.get(parent.urn);
    const covered =
      parent === undefined || parentRenamed === undefined
        ? undefined
        : left.get(inheritedUrn(node, parent.name, parentRenamed.old.urn, after));
    const old = covered ?? left.get(alike.get(node.urn) ?? "");
    if (old !== undefined) {
      const throughParent = covered && (parentRenamed?.throughParent ?? parent?.name);
      renamed.set(node.urn, { old, throughParent });
      left.delete(old.urn);
    }
  }
  return renamed;
}

function depth(node: ResourceNode, byUrn: ReadonlyMap<string, ResourceNode>): number {
  let steps = 0;
  let at: ResourceNode | undefined = node;
  while (at?.parent !== undefined && steps <= byUrn.size) {
    at = byUrn.get(at.parent);
    steps += 1;
  }
  return steps;
}

/** URN of what comes to that of what went, where each is the only one that is so much like the other. */
function alikePairs(
  gone: readonly ResourceNode[],
  come: readonly ResourceNode[],
): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  const types = new Set(come.map(({ type }) => type));
  for (const type of types) {
    const [olds, news] = [gone, come].map((nodes) =>
      nodes.filter((node) => node.type === type).map((node) => ({ node, leaves: leavesOf(node) })),
    ) as [Described[], Described[]];
    // Which of hundreds is which is nothing that likeness decides.
    if (olds.length * news.length <= MOST_PAIRS) {
      for (const one of news) {
        const old = onlyBest(one, olds);
        if (old !== undefined && onlyBest(old, news) === one) {
          pairs.set(one.node.urn, old.node.urn);
        }
      }
    }
  }
  return pairs;
}

interface Described {
  readonly node: ResourceNode;
  readonly leaves: ReadonlySet<string>;
}

const MOST_PAIRS = 1_000;
/** Share of the values that two resources have to have in common. */
const ALIKE = 0.8;

/** The one that is most like it, if it is enough so and no other is as much. */
function onlyBest(one: Described, others: readonly Described[]): Described | undefined {
  const rated = others
    .map((other) => ({ other, likeness: likeness(one.leaves, other.leaves) }))
    .sort((a, b) => b.likeness - a.likeness);
  const [best, second] = rated;
  return best !== undefined && best.likeness >= ALIKE && best.likeness > (second?.likeness ?? 0)
    ? best.other
    : undefined;
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((leaf) => other.has(leaf)).length;
  const all = one.size + other.size - shared;
  return all === 0 ? 1 : shared / all;
}

/** Every value with its place, in words in which a rename does not show. */
function leavesOf({ name, inputs }: ResourceNode): ReadonlySet<string> {
  const leaves = new Set<string>();
  const collect = (value: Json, path: string): void => {
    if (value !== null && typeof value === "object") {
      for (const [key, inner] of Object.entries(value)) collect(inner, `${path}.${key}`);
    } else {
      leaves.add(
        `${path}=${typeof value === "string" ? withoutNames(value, name) : String(value)}`,
      );
    }
  };
  collect(inputs, "");
  return leaves;
}

/** Whatever a reference comes from, and the resource's own name. */
function withoutNames(text: string, name: string): string {
  return withSources(
    text,
    (source) => source.split("::")[2]?.split("$").pop() ?? source,
  ).replaceAll(name, "{name}");
}
