import { UNKNOWN } from "../../preview/graph";
import { referencesIn } from "../reference";
import type { ComparedSide } from "./compared-sides";
import { anyOf, type Doubts } from "./doubts";
import type { Direction, GroupRule, GroupRules } from "./group-rules";
import { EVERYTHING, surest, type Passing } from "./passing";
import { readable } from "./readable";
import type { Station } from "./stations";
import { titleOf } from "./title";
import { isBeyondPrivate, overlap, peerOfCidr, type Family, type Peer } from "./traffic";
import { bagOf, listOf, textsOf } from "./values";

/**
 * What the groups of a station let through in a direction, by the rules whose peer matches. A group that
 * the stack does not declare may let through anything.
 */
export function letThrough(
  side: ComparedSide,
  rules: ReadonlyMap<string, GroupRules>,
  { node, groups }: Station,
  direction: Direction,
  matches: (rule: GroupRule) => Doubts,
): readonly Passing[] {
  if (groups === undefined) {
    return [EVERYTHING];
  }
  const passingOf = (group: string) => (rule: GroupRule) => {
    const doubts = matches(rule);
    return doubts === undefined
      ? []
      : [
          {
            ...rule.value,
            doubts: [
              ...(group === UNKNOWN ? [`the group of ${rule.title}`] : []),
              ...(rule.hasUnknownPorts ? [`the ports of ${rule.title}`] : []),
              ...doubts,
            ],
          },
        ];
  };
  const undeclared = groups
    .filter((group) => side.get(group) === undefined)
    .map((group) =>
      group === UNKNOWN
        ? `the security groups of ${titleOf(node)}`
        : `the rules of SecurityGroup ${readable(group)}`,
    );
  return surest([
    ...[...groups, UNKNOWN].flatMap((group) =>
      (rules.get(`${group} ${direction}`)?.rules ?? []).flatMap(passingOf(group)),
    ),
    ...undeclared.map((doubt) => ({ ...EVERYTHING, doubts: [doubt] })),
  ]);
}

/** Whether the rule's peer is the internet. */
export function isInternet(side: ComparedSide, rule: GroupRule, family: Family): Doubts {
  if (rule.peerNamedBy === "group") {
    return undefined;
  }
  const ranges = rangesOf(side, rule);
  if (ranges === undefined) {
    return isNarrow(rule) ? undefined : [`the addresses of ${peerTitle(rule)}`];
  }
  return ranges.some((range) => range.kind === family && isBeyondPrivate(range)) ? [] : undefined;
}

/** Whether the rule's peer is the station, or its addresses are among the rule's. */
export function isStation(
  side: ComparedSide,
  rule: GroupRule,
  { node, groups, addresses }: Station,
  family: Family,
): Doubts {
  const { peer } = rule.value;
  if (rule.peerNamedBy === "group" && "name" in peer) {
    const names = [peer.name, ...referencesIn(peer.name).map(({ source }) => source)];
    if (peer.kind === "group" && groups?.some((group) => names.includes(group)) === true) {
      return [];
    }
    return groups !== undefined && [...groups, peer.name].includes(UNKNOWN)
      ? [`the groups of ${titleOf(node)} and of ${rule.title}`]
      : undefined;
  }
  const ranges = rangesOf(side, rule);
  if (ranges === undefined) {
    return [`the addresses of ${peerTitle(rule)}`];
  }
  const own = addresses[family];
  return anyOf(
    ...ranges
      .filter(({ kind }) => kind === family)
      .map(({ addresses: [first, last] }) => {
        if (last - first + 1n === SIZES[family]) {
          return [];
        }
        if (own === undefined) {
          return [`the addresses of ${titleOf(node)}`];
        }
        return own.some((range) => overlap(range, [first, last]) !== undefined) ? [] : undefined;
      }),
  );
}

type Range = Extract<Peer, { readonly kind: Family }>;

const SIZES: Readonly<Record<Family, bigint>> = { IPv4: 1n << 32n, IPv6: 1n << 128n };

/** The addresses of a rule, or undefined where the stack does not tell them. */
function rangesOf(
  side: ComparedSide,
  { value: { peer }, peerNamedBy }: GroupRule,
): readonly Range[] | undefined {
  if ("addresses" in peer) {
    return [peer];
  }
  const [reference] = referencesIn(peer.name);
  const node = reference && side.get(reference.source);
  if (node === undefined) {
    return undefined;
  }
  const cidrs =
    peerNamedBy === "prefix list"
      ? listOf(node.inputs["entries"]).flatMap((entry) => textsOf(bagOf(entry)["cidr"]))
      : textsOf(node.inputs[reference?.output ?? ""]);
  const peers = cidrs.map(peerOfCidr).filter((known) => "addresses" in known);
  return cidrs.length === 0 || peers.length < cidrs.length ? undefined : peers;
}

/** True for an unknown address with a known prefix that leaves no room for the internet. */
function isNarrow({ value: { peer } }: GroupRule): boolean {
  const prefix = "name" in peer ? /\/(\d+)$/.exec(peer.name)?.[1] : undefined;
  return prefix !== undefined && Number(prefix) >= 8;
}

function peerTitle({ peerNamedBy, title, value: { peer } }: GroupRule): string {
  return peerNamedBy === "prefix list" && "name" in peer && peer.name !== UNKNOWN
    ? `prefix list ${readable(peer.name)}`
    : title;
}
