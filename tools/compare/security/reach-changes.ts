import { referencesIn } from "../reference";
import type { SecurityChange } from "../security-change";
import { changedClaims, type Claim } from "./claims";
import { describePassing, groupRules, type GroupRules } from "./group-rules";
import { TRAFFIC } from "./network-changes";
import { forwardedTo, stationsOf, type Passing, type Station } from "./reach-graph";
import type { ComparedSide } from "./compared-sides";
import { titleOf } from "./title";
import { ALL_PORTS, trafficBeyond, type Peer, type Traffic } from "./traffic";

/** What changed in what the internet reaches: directly, and through load balancers that pass its requests on. */
export function reachChanges(before: ComparedSide, after: ComparedSide): readonly SecurityChange[] {
  const [earlier, later] = [waysIn(before), waysIn(after)];
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((way) =>
    changedClaims(earlier.get(way) ?? [], later.get(way) ?? [], TRAFFIC).map((change) => ({
      subject: "exposure" as const,
      title: way,
      ...change,
    })),
  );
}

/** What the internet reaches on a side, by the way to it: `Internet to Group web through LoadBalancer web`. */
function waysIn(side: ComparedSide): ReadonlyMap<string, readonly Claim<Traffic>[]> {
  const stations = new Map(stationsOf(side).map((station) => [station.node.urn, station]));
  const rules = groupRules(side);
  const ways = new Map<string, readonly Claim<Traffic>[]>();
  const walk = (station: Station, passed: readonly Station[]): void => {
    const from = passed.at(-1);
    const open = accepted(station, rules, from === undefined ? isInternet : isPeerOf(from));
    if (open.length === 0 || passed.includes(station)) {
      return;
    }
    const through = passed.map(({ node }) => ` through ${titleOf(node)}`).join("");
    const way = `Internet to ${titleOf(station.node)}${through}`;
    ways.set(
      way,
      open.map((passing) => claimOf(station, passing)),
    );
    for (const urn of forwardedTo(side, station.node)) {
      const next = stations.get(urn);
      if (next !== undefined) {
        walk(next, [...passed, station]);
      }
    }
  };
  for (const station of stations.values()) {
    if (station.isPublic) {
      walk(station, []);
    }
  }
  return ways;
}

const ANYBODY: Peer = { kind: "group", name: "" };

function claimOf({ node: { urn, source } }: Station, passing: Passing): Claim<Traffic> {
  const text = describePassing(passing);
  return { kind: "way", text, hint: text, value: { peer: ANYBODY, ...passing }, urn, source };
}

/** What a station takes from the peers that the question allows. */
function accepted(
  { groups, listens }: Station,
  rules: ReadonlyMap<string, GroupRules>,
  isAllowed: (peer: Peer) => boolean,
): readonly Passing[] {
  const open =
    groups === undefined
      ? [{ peer: ANYBODY, protocols: [0n, 255n] as const, ports: ALL_PORTS }]
      : groups
          .flatMap((group) => rules.get(`${group} ingress`)?.rules ?? [])
          .filter(({ value }) => isAllowed(value.peer))
          .map(({ value }) => ({ ...value, peer: ANYBODY }));
  return listens === undefined
    ? open
    : listens.filter((passing) => trafficBeyond({ peer: ANYBODY, ...passing }, open).length === 0);
}

/**
 * Addresses that no private network can hold: the widest private ranges are 10.0.0.0/8 and fc00::/7.
 * Source: RFC 1918 and RFC 4193.
 */
function isInternet(peer: Peer): boolean {
  if (!("addresses" in peer)) {
    return false;
  }
  const [first, last] = peer.addresses;
  return last - first >= (peer.kind === "IPv4" ? 1n << 24n : 1n << 121n);
}

/** The station before is known by its groups; by its address it may be any that a rule lists. */
const isPeerOf =
  ({ groups }: Station) =>
  (peer: Peer): boolean =>
    "addresses" in peer ||
    (peer.kind === "group" &&
      referencesIn(peer.name).some(({ source }) => groups?.includes(source) === true));
