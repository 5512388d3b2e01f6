import type { ResourceNode } from "../../preview/graph";
import type { SecurityChange } from "../security-change";
import type { Stand } from "./aspect";
import { PROTECT, PROTECTION } from "./aspects/protection";
import { PUBLIC_ACCESS } from "./aspects/public-access";
import { WORKLOAD } from "./aspects/workload";
import { readable } from "./readable";
import type { ComparedSide } from "./compared-sides";
import { titleOf } from "./title";

/**
 * What changed in how open resources are, aspect by aspect. Of a resource that is new or gone only
 * what opens something is told.
 */
export function exposureChanges(
  before: ComparedSide,
  after: ComparedSide,
): readonly SecurityChange[] {
  const urns = new Set([...before.nodes, ...after.nodes].map(({ urn }) => urn));
  return [...urns].flatMap((urn) => {
    const [from, to] = [before.get(urn), after.get(urn)];
    const [earlier, later] = [standsOf(from, before), standsOf(to, after)];
    return [...new Set([...Object.keys(earlier), ...Object.keys(later)])].flatMap((what) => {
      const change = changeOf(
        earlier[what] ?? (from && absence(later[what])),
        later[what] ?? (to && absence(earlier[what])),
      );
      const node = to ?? from;
      return change === undefined || node === undefined
        ? []
        : [
            {
              subject: "exposure" as const,
              urn,
              title: `${titleOf(node)}: ${what}`,
              source: to?.source,
              ...change,
            },
          ];
    });
  });
}

function standsOf(
  node: ResourceNode | undefined,
  side: ComparedSide,
): Readonly<Record<string, Stand>> {
  if (node === undefined) {
    return {};
  }
  const aspects = (ASPECTS_BY_TYPE.get(node.type) ?? []).map(({ read }) => read(node, side));
  return Object.assign({}, ...aspects, node.custom ? PROTECT.read(node, side) : {}) as Readonly<
    Record<string, Stand>
  >;
}

const ASPECTS = [...PUBLIC_ACCESS, ...WORKLOAD, ...PROTECTION];
const ASPECTS_BY_TYPE = new Map(
  ASPECTS.flatMap(({ types }) => types).map((type) => [
    type,
    ASPECTS.filter(({ types }) => types.includes(type)),
  ]),
);

/** Where a resource stands that lacks what the other side has; undefined for what is simply not there. */
const absence = (other: Stand | undefined): Stand | undefined =>
  other?.absentRank === undefined ? undefined : { text: "none", rank: other.absentRank };

type Change = Pick<SecurityChange, "effect" | "broadens" | "before" | "after">;

function changeOf(from: Stand | undefined, to: Stand | undefined): Change | undefined {
  const texts = { before: from && readable(from.text), after: to && readable(to.text) };
  if (from === undefined || to === undefined) {
    const only = from ?? to;
    return only === undefined || only.rank === 0 || only.isOrdinary === true
      ? undefined
      : {
          effect: from === undefined ? "added" : "removed",
          broadens: from === undefined,
          ...texts,
        };
  }
  if (from.text === to.text) {
    return undefined;
  }
  if (from.rank === to.rank) {
    return { effect: "changed", broadens: to.rank > 0, ...texts };
  }
  const grows = to.rank > from.rank;
  return { effect: grows ? "widened" : "narrowed", broadens: grows, ...texts };
}
