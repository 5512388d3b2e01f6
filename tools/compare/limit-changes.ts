import { isDeepStrictEqual } from "node:util";
import { loosensLimit, loosensList } from "../../policies/limit-direction";
import type { Level } from "../../policies/policy";
import type { Bag, Json } from "../preview/graph";
import { isBag } from "../simulated-aws/protocol-values";
import type { LimitChange } from "./comparison";
import type { Judgement, WaiverInForce } from "./judgement";

/**
 * What another version of the pack allows or forbids a stack: its limits, levels and waivers that
 * differ, by policy. Of a list, what comes and what goes; its order means nothing. A policy that is new
 * or gone is told by its level alone.
 */
export function limitChanges(before: Judgement, after: Judgement): readonly LimitChange[] {
  const names = new Set(
    [before, after].flatMap(({ levels, limits, waivers }) => [
      ...Object.keys(levels),
      ...Object.keys(limits),
      ...waivers.map(({ policy }) => policy),
    ]),
  );
  return [...names]
    .sort()
    .flatMap((policy) => [
      ...levelChanges(policy, before.levels[policy], after.levels[policy]),
      ...bagChanges(policy, before.limits[policy], after.limits[policy], policy),
      ...waiverChanges(policy, before.waivers, after.waivers),
    ]);
}

/** How much a level makes of a violation; a repair leaves none. */
const STRICTNESS: Readonly<Record<Level, number>> = {
  disabled: 0,
  advisory: 1,
  mandatory: 2,
  remediate: 2,
};

function levelChanges(
  policy: string,
  before: Level | undefined,
  after: Level | undefined,
): LimitChange[] {
  const strictness = (level: Level | undefined): number =>
    level === undefined ? 0 : STRICTNESS[level];
  const loosens = strictness(after) < strictness(before);
  return before === after
    ? []
    : [
        {
          ...{ kind: "level", policy, path: `${policy}.enforcementLevel` },
          before,
          after,
          loosens,
        },
      ];
}

function bagChanges(
  path: string,
  before: Bag | undefined,
  after: Bag | undefined,
  policy: string,
): LimitChange[] {
  if (before === undefined || after === undefined) return [];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    valueChanges(`${path}.${key}`, before[key], after[key], policy),
  );
}

function valueChanges(
  path: string,
  before: Json | undefined,
  after: Json | undefined,
  policy: string,
): LimitChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isBag(before) && isBag(after)) return bagChanges(path, before, after, policy);
  const of = { kind: "limit", policy, path } as const;
  if (Array.isArray(before) && Array.isArray(after)) {
    const missingIn = (list: readonly Json[]) => (element: Json) =>
      !list.some((other) => isDeepStrictEqual(other, element));
    return [
      ...before.filter(missingIn(after)).map((gone) => ({
        ...of,
        before: gone,
        after: undefined,
        loosens: loosensList(path, false),
      })),
      ...after.filter(missingIn(before)).map((come) => ({
        ...of,
        before: undefined,
        after: come,
        loosens: loosensList(path, true),
      })),
    ];
  }
  return [{ ...of, before, after, loosens: loosensLimit(path, before, after) }];
}

function waiverChanges(
  policy: string,
  before: readonly WaiverInForce[],
  after: readonly WaiverInForce[],
): LimitChange[] {
  const [olds, news] = [byTarget(policy, before), byTarget(policy, after)];
  return [...new Set([...olds.keys(), ...news.keys()])].sort().flatMap((key): LimitChange[] => {
    const [was, is] = [olds.get(key), news.get(key)];
    const [one, other] = [was, is].map((waiver) => waiver && termsOf(waiver));
    if (isDeepStrictEqual(one, other)) return [];
    return [
      {
        ...{ kind: "waiver", policy, path: `${policy}.waivers[${key}]` },
        ...{ before: one, after: other },
        loosens: is !== undefined && (was === undefined || is.expires > was.expires),
        ...(is !== undefined && { source: is.source }),
      },
    ];
  });
}

const termsOf = ({ owner, reason, expires }: WaiverInForce): Bag => ({ expires, owner, reason });

/** The waivers of a policy; of several for the same target each further one has a number. */
function byTarget(
  policy: string,
  waivers: readonly WaiverInForce[],
): ReadonlyMap<string, WaiverInForce> {
  const found = new Map<string, WaiverInForce>();
  for (const waiver of waivers.filter((each) => each.policy === policy)) {
    const count = [...found.values()].filter(({ target }) => target === waiver.target).length;
    found.set(count === 0 ? waiver.target : `${waiver.target} #${String(count + 1)}`, waiver);
  }
  return found;
}
