import { addressRange } from "./address-range";

/** What one rule of a security group lets through. */
export interface Traffic {
  readonly peer: Peer;
  /** Numbers of IP protocols, both ends included. */
  readonly protocols: Interval;
  /** Ports; for ICMP its types and codes as type x 256 + code. */
  readonly ports: Interval;
}

/** Who is on the other side of the rule. Two of different kinds have nothing in common. */
export type Peer =
  | { readonly kind: Family; readonly addresses: Interval }
  | { readonly kind: "group" | "prefix list" | "undecided"; readonly name: string };

export type Family = "IPv4" | "IPv6";

export type Interval = readonly [first: bigint, last: bigint];

/** A rule as its resource spells it. */
export interface SpelledRule {
  /** Name or number; `-1` and `all` are every protocol. */
  readonly protocol: string;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
}

/** Protocols and ports of a rule. EC2 takes no ports where the protocol has none. */
export function protocolsAndPorts(rule: SpelledRule): Pick<Traffic, "protocols" | "ports"> {
  const name = rule.protocol.toLowerCase();
  const number = PROTOCOLS[name] ?? Number(name);
  if (name === "all" || !Number.isInteger(number) || number < 0) {
    return { protocols: [0n, 255n], ports: ALL_PORTS };
  }
  const protocols = point(number);
  const { fromPort = -1, toPort = -1 } = rule;
  if (number === PROTOCOLS["icmp"] || number === PROTOCOLS["icmpv6"]) {
    return { protocols, ports: icmpPlaces(fromPort, toPort) };
  }
  const hasPorts = number === PROTOCOLS["tcp"] || number === PROTOCOLS["udp"];
  return hasPorts && fromPort >= 0 && toPort >= fromPort
    ? { protocols, ports: [BigInt(fromPort), BigInt(toPort)] }
    : { protocols, ports: ALL_PORTS };
}

/** The peer of a CIDR block. */
export function peerOfCidr(cidr: string): Peer {
  const range = addressRange(cidr);
  return range === undefined
    ? { kind: "undecided", name: cidr }
    : { kind: range.family, addresses: [range.first, range.last] };
}

/**
 * True for addresses that no private network can hold all of: the widest private ranges are 10.0.0.0/8
 * and fc00::/7. Source: RFC 1918 and RFC 4193.
 */
export function isBeyondPrivate(peer: Peer): boolean {
  if (!("addresses" in peer)) {
    return false;
  }
  const [first, last] = peer.addresses;
  return last - first >= (peer.kind === "IPv4" ? 1n << 24n : 1n << 121n);
}

/** True where all traffic of `inner` is let through by `outer` alone. */
export function containsTraffic(outer: Traffic, inner: Traffic): boolean {
  return trafficBeyond(inner, [outer]).length === 0;
}

/** What the rules do not let through of the traffic, in pieces that have nothing in common. */
export function trafficBeyond(traffic: Traffic, rules: readonly Traffic[]): readonly Traffic[] {
  return rules.reduce<readonly Traffic[]>(
    (pieces, rule) => pieces.flatMap((piece) => without(piece, rule)),
    [traffic],
  );
}

/** The piece without what the rule lets through: what lies beside the rule in one dimension after the other. */
function without(piece: Traffic, rule: Traffic): readonly Traffic[] {
  const peers = beside(piece.peer, rule.peer);
  const protocols = cut(piece.protocols, rule.protocols);
  const ports = cut(piece.ports, rule.ports);
  if (peers === undefined || protocols === undefined || ports === undefined) {
    return [piece];
  }
  return [
    ...peers.rest.map((peer) => ({ ...piece, peer })),
    ...protocols.rest.map((rest) => ({ ...piece, peer: peers.shared, protocols: rest })),
    ...ports.rest.map((rest) => ({ peer: peers.shared, protocols: protocols.shared, ports: rest })),
  ];
}

interface Cut<T> {
  readonly shared: T;
  readonly rest: readonly T[];
}

/** What two peers share and what the first has besides; undefined where they share nothing. */
function beside(one: Peer, other: Peer): Cut<Peer> | undefined {
  if ("addresses" in one) {
    if (!("addresses" in other) || one.kind !== other.kind) {
      return undefined;
    }
    const addresses = cut(one.addresses, other.addresses);
    const peer = (range: Interval): Peer => ({ kind: one.kind, addresses: range });
    return addresses && { shared: peer(addresses.shared), rest: addresses.rest.map(peer) };
  }
  const same = "name" in other && one.kind === other.kind && one.name === other.name;
  return same ? { shared: one, rest: [] } : undefined;
}

function cut(one: Interval, other: Interval): Cut<Interval> | undefined {
  const shared = overlap(one, other);
  if (shared === undefined) {
    return undefined;
  }
  const [[first, last], [from, to]] = [one, other];
  const below: readonly Interval[] = first < from ? [[first, from - 1n]] : [];
  const above: readonly Interval[] = to < last ? [[to + 1n, last]] : [];
  return { shared, rest: [...below, ...above] };
}

/** What two intervals share, or undefined where that is nothing. */
export function overlap([first, last]: Interval, [from, to]: Interval): Interval | undefined {
  return to < first || last < from
    ? undefined
    : [first < from ? from : first, to < last ? to : last];
}

/** Numbers of the IANA's list that EC2 knows by name. */
const PROTOCOLS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };
export const ALL_PORTS: Interval = [0n, 65_535n];

const point = (number: number): Interval => [BigInt(number), BigInt(number)];

/** EC2 takes the type of ICMP as the first port and its code as the last; -1 is every one. */
function icmpPlaces(type: number, code: number): Interval {
  if (type < 0) {
    return ALL_PORTS;
  }
  const first = BigInt(type) * 256n;
  return code < 0 ? [first, first + 255n] : [first + BigInt(code), first + BigInt(code)];
}
