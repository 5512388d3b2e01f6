import type { ResourceNode } from "../preview/graph";
import type { Renaming } from "./earlier-names";
import { nodeInNamesOfToday } from "./earlier-names";
import { matchResources } from "./match-resources";
import type { NodePair } from "./node-differences";
import { ENCRYPTED } from "./secret-digests";
import type { StackSide } from "./stack-side";

/** The resources of two sides, and which of them is which. */
export interface PairedSides {
  /** The URN after the change for one of before, where the resource has another one. */
  readonly renamed: Renaming;
  /** Resources that are there before and after, by the URN after. */
  readonly pairs: ReadonlyMap<string, NodePair>;
  readonly created: readonly ResourceNode[];
  readonly deleted: readonly ResourceNode[];
}

/**
 * Finds which resource is which. Another stack is read as if it had the name of this one, and all that
 * `before` says of other resources is told in the URNs that they have after the change.
 *
 * @param before undefined for a stack that is new
 */
export function pairSides(before: StackSide | undefined, after: StackSide): PairedSides {
  const { graph } = after;
  if (before === undefined) {
    return { renamed: (urn) => urn, pairs: new Map(), created: graph.resources, deleted: [] };
  }
  const inStack = stackRenaming(before.graph.stack, graph.stack);
  const olds = before.graph.resources.map((node) =>
    before.graph.stack === graph.stack
      ? node
      : { ...nodeInNamesOfToday(node, inStack), urn: inStack(node.urn) },
  );
  const { befores, gone } = matchResources(olds, graph);
  const secrets = Object.fromEntries(
    Object.entries(before.secretInputs ?? {}).map(([urn, digests]) => [inStack(urn), digests]),
  );
  const aliased = new Map(
    [...befores].filter(([urn, old]) => old.urn !== urn).map(([urn, old]) => [old.urn, urn]),
  );
  const inAlias: Renaming = (urn) => aliased.get(urn) ?? urn;
  const today = (node: ResourceNode): ResourceNode =>
    aliased.size === 0 ? node : nodeInNamesOfToday(node, inAlias);
  return {
    renamed: (urn) => inAlias(inStack(urn)),
    pairs: new Map(
      graph.resources.flatMap((node) => {
        const old = befores.get(node.urn);
        if (old === undefined) return [];
        const [was, is] = [secrets[old.urn], after.secretInputs?.[node.urn]];
        const pair = { before: today(old), after: node, otherSecrets: differing(was, is) };
        return [[node.urn, pair] as const];
      }),
    ),
    created: graph.resources.filter(({ urn }) => !befores.has(urn)),
    deleted: gone.map(today),
  };
}

/** Paths that both have, with another digest; of what is encrypted on a side it cannot be told. */
function differing(
  was: Readonly<Record<string, string>> = {},
  is: Readonly<Record<string, string>> = {},
): string[] {
  return Object.entries(is)
    .filter(
      ([path, digest]) =>
        path in was && was[path] !== digest && ![was[path], digest].includes(ENCRYPTED),
    )
    .map(([path]) => path);
}

/** The URN in the other stack; a function's token stays. */
function stackRenaming(from: string, to: string): Renaming {
  const prefix = `urn:pulumi:${from}::`;
  return (urn) =>
    from !== to && urn.startsWith(prefix) ? `urn:pulumi:${to}::${urn.slice(prefix.length)}` : urn;
}
