import type { SecurityChange } from "../security-change";
import { LOAD_BALANCER_TYPES } from "./aspects/public-access";
import { changedClaims, type Claim, type Weighing } from "./claims";
import type { ComparedSide } from "./compared-sides";
import { allOf, anyOf } from "./doubts";
import { entriesOf, type Sending } from "./forwarding";
import { groupRules, type GroupRules } from "./group-rules";
import { ANYBODY, describe, EVERYTHING, inBoth, surest, type Passing } from "./passing";
import { isInternet, isStation, letThrough } from "./peers";
import { stationsOf, type Station } from "./stations";
import { titleOf } from "./title";
import { containsTraffic, trafficBeyond, type Traffic } from "./traffic";

/** What changed in what the internet reaches: directly, and through load balancers that pass its requests on. */
export function reachChanges(before: ComparedSide, after: ComparedSide): readonly SecurityChange[] {
  const [earlier, later] = [waysIn(before), waysIn(after)];
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((way) =>
    changedClaims(earlier.get(way) ?? [], later.get(way) ?? [], REACH).map((change) => ({
      subject: "exposure" as const,
      title: way,
      ...change,
    })),
  );
}

type Reach = Traffic & Pick<Passing, "doubts">;

/** What was only possible before does not cover what is certain now. */
const REACH: Weighing<Reach> = {
  contains: containsTraffic,
  isCovered: (inner, others) =>
    trafficBeyond(
      inner,
      others.filter(({ doubts }) => doubts.length === 0),
    ).length === 0,
};

type Rules = ReadonlyMap<string, GroupRules>;

/** What the internet reaches on a side, by the way to it: `Internet to Group web through LoadBalancer web`. */
function waysIn(side: ComparedSide): ReadonlyMap<string, readonly Claim<Reach>[]> {
  const stations = new Map(stationsOf(side).map((station) => [station.node.urn, station]));
  const rules = groupRules(side);
  const ways = new Map<string, readonly Claim<Reach>[]>();
  const walk = (
    station: Station,
    arriving: readonly Passing[],
    passed: readonly Station[],
  ): void => {
    const { node } = station;
    const entries = entriesOf(side, node, LOAD_BALANCER_TYPES.includes(node.type))
      .map((entry) => ({ ...entry, taken: inBoth(arriving, entry.takes) }))
      .filter(({ taken }) => taken.length > 0);
    if (entries.length === 0 || passed.includes(station)) {
      return;
    }
    const through = passed.map((earlier) => ` through ${titleOf(earlier.node)}`).join("");
    const way = `Internet to ${titleOf(node)}${through}`;
    const taken = surest(entries.flatMap((entry) => entry.taken));
    ways.set(way, [...(ways.get(way) ?? []), ...taken.map((passing) => claimOf(station, passing))]);
    const onward = new Map<Station, readonly Passing[]>();
    for (const { taken, sendings } of entries) {
      const doubts = anyOf(...taken.map((passing) => passing.doubts)) ?? [];
      for (const sending of sendings) {
        const next = stations.get(sending.to);
        if (next !== undefined) {
          const arrived = passedOn(side, rules, station, sending, next);
          onward.set(next, [
            ...(onward.get(next) ?? []),
            ...arrived.map((passing) => ({
              ...passing,
              doubts: allOf(doubts, passing.doubts) ?? [],
            })),
          ]);
        }
      }
    }
    for (const [next, arrived] of onward) {
      walk(next, surest(arrived), [...passed, station]);
    }
  };
  for (const station of stations.values()) {
    walk(station, fromInternet(side, rules, station), []);
  }
  return ways;
}

function claimOf({ node: { urn, source } }: Station, passing: Passing): Claim<Reach> {
  const text = describe(passing);
  return { kind: "way", text, hint: text, value: { peer: ANYBODY, ...passing }, urn, source };
}

const FAMILIES = ["IPv4", "IPv6"] as const;

/** What the internet sends to the public addresses of a station. */
function fromInternet(side: ComparedSide, rules: Rules, station: Station): readonly Passing[] {
  return surest(
    FAMILIES.flatMap((family) => {
      const isPublic = station.isPublic[family];
      return isPublic === undefined
        ? []
        : inBoth(
            [{ ...EVERYTHING, doubts: isPublic }],
            letThrough(side, rules, station, "ingress", (rule) => isInternet(side, rule, family)),
          );
    }),
  );
}

/** What of a sending the groups of both ends let through. */
function passedOn(
  side: ComparedSide,
  rules: Rules,
  from: Station,
  { passings, family, showsClient, showsLoadBalancer }: Sending,
  to: Station,
): readonly Passing[] {
  const out = letThrough(side, rules, from, "egress", (rule) => isStation(side, rule, to, family));
  const into = letThrough(side, rules, to, "ingress", (rule) =>
    rule.peerNamedBy === "group"
      ? isStation(side, rule, from, family)
      : anyOf(
          allOf(showsClient, isInternet(side, rule, family)),
          allOf(showsLoadBalancer, isStation(side, rule, from, family)),
        ),
  );
  return inBoth(inBoth(passings, out), into);
}
