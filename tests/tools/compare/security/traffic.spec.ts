import assert from "node:assert/strict";
import fc from "fast-check";
import {
  containsTraffic,
  peerOfCidr,
  protocolsAndPorts,
  trafficBeyond,
  type Interval,
  type Traffic,
} from "../../../../tools/compare/security/traffic";

const interval = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }))
  .map(([a, b]): Interval => [BigInt(Math.min(a, b)), BigInt(Math.max(a, b))]);
const peer: fc.Arbitrary<Traffic["peer"]> = fc.oneof(
  fc.record({ kind: fc.constantFrom("IPv4" as const, "IPv6" as const), addresses: interval }),
  fc.record({ kind: fc.constantFrom("group" as const), name: fc.constantFrom("a", "b") }),
);
const traffic: fc.Arbitrary<Traffic> = fc.record({ peer, protocols: interval, ports: interval });

const within = ([first, last]: Interval, place: number): boolean => first <= place && place <= last;
const PLACES = [0, 1, 2, 3, 4];
const POINTS = PLACES.flatMap((address) =>
  PLACES.flatMap((protocol) => PLACES.map((port) => ({ address, protocol, port }))),
);
const PEERS = ["IPv4", "IPv6", "a", "b"];

/** Every single address, protocol and port that the rules let through. */
function pointsOf(...rules: readonly Traffic[]): readonly string[] {
  return PEERS.flatMap((name) =>
    POINTS.filter(({ address, protocol, port }) =>
      rules.some(
        (rule) =>
          within(rule.protocols, protocol) &&
          within(rule.ports, port) &&
          ("addresses" in rule.peer
            ? rule.peer.kind === name && within(rule.peer.addresses, address)
            : rule.peer.name === name),
      ),
    ).map((point) => JSON.stringify([name, point])),
  );
}

describe("trafficBeyond", () => {
  it("leaves what a list of rules does not let through, point by point", () => {
    fc.assert(
      fc.property(traffic, fc.array(traffic, { maxLength: 4 }), (one, rules) => {
        const let_through = new Set(pointsOf(...rules));

        assert.deepEqual(
          pointsOf(...trafficBeyond(one, rules)),
          pointsOf(one).filter((point) => !let_through.has(point)),
        );
      }),
    );
  });
});

describe("containsTraffic", () => {
  const rule = (cidr: string, protocol: string, fromPort?: number, toPort = fromPort): Traffic => ({
    peer: peerOfCidr(cidr),
    ...protocolsAndPorts({ protocol, fromPort, toPort }),
  });

  for (const [title, outer, inner] of [
    ["the world and a network", rule("0.0.0.0/0", "tcp", 22), rule("10.1.0.0/16", "tcp", 22)],
    ["a range and a port", rule("10.0.0.0/8", "tcp", 1, 100), rule("10.0.0.0/8", "tcp", 22)],
    ["all protocols and one", rule("::/0", "-1"), rule("fd00::/8", "udp", 53)],
    ["a name and its number", rule("10.0.0.0/8", "6", 22), rule("10.0.0.0/8", "tcp", 22)],
    ["all of ICMP and a type", rule("::/0", "icmpv6", -1, -1), rule("::/0", "58", 8, 0)],
    ["bits beyond the prefix", rule("10.1.2.3/8", "tcp", 1), rule("10.9.9.9/8", "tcp", 1)],
  ] as const) {
    it(`holds for ${title}`, () => {
      assert.equal(containsTraffic(outer, inner), true);
    });
  }

  for (const [title, outer, inner] of [
    ["IPv4 and IPv6", rule("0.0.0.0/0", "-1"), rule("::/0", "-1")],
    ["two protocols", rule("0.0.0.0/0", "tcp", 53), rule("0.0.0.0/0", "udp", 53)],
    ["a port and all", rule("0.0.0.0/0", "tcp", 22), rule("0.0.0.0/0", "tcp")],
    [
      "one ICMP type and another",
      rule("0.0.0.0/0", "icmp", 3, -1),
      rule("0.0.0.0/0", "icmp", 8, 0),
    ],
    ["neighbours", rule("10.0.0.0/9", "tcp", 22), rule("10.128.0.0/9", "tcp", 22)],
  ] as const) {
    it(`does not hold for ${title}`, () => {
      assert.equal(containsTraffic(outer, inner), false);
    });
  }
});
