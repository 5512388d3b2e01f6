import assert from "node:assert/strict";
import fc from "fast-check";
import { placeSubnets } from "../../../tools/simulated-aws/awsx-vpc-layout";
import type { SubnetSpec } from "../../../tools/simulated-aws/awsx-vpc-layout";

const PUBLIC_AND_PRIVATE: readonly SubnetSpec[] = [
  { type: "Public", cidrMask: 24 },
  { type: "Private", cidrMask: 20 },
];

const place = (
  cidrBlock: string,
  zones: number,
  specs?: readonly SubnetSpec[],
  zonePrefixLength?: number,
) =>
  placeSubnets("web", cidrBlock, zones, specs, zonePrefixLength).map(
    ({ name, cidrBlock: block }) => `${name} ${block}`,
  );

/** First and last address of a block. */
function range(cidrBlock: string): [number, number] {
  const [address = "", length = ""] = cidrBlock.split("/");
  const first = address.split(".").reduce((number, byte) => number * 256 + Number(byte), 0);
  return [first, first + 2 ** (32 - Number(length)) - 1];
}

describe("placeSubnets", () => {
  it("divides the VPC evenly among the zones, each subnet at the next fitting address", () => {
    assert.deepEqual(place("10.0.0.0/16", 2, PUBLIC_AND_PRIVATE), [
      "web-public-1 10.0.0.0/24",
      "web-private-1 10.0.16.0/20",
      "web-public-2 10.0.128.0/24",
      "web-private-2 10.0.144.0/20",
    ]);
  });

  it("leaves a zone's worth free where the zones are no power of two", () => {
    assert.deepEqual(place("10.0.0.0/16", 3, [{ type: "Private" }]), [
      "web-private-1 10.0.0.0/18",
      "web-private-2 10.0.64.0/18",
      "web-private-3 10.0.128.0/18",
    ]);
  });

  it("has a private and a public subnet a zone without specs", () => {
    assert.deepEqual(place("10.0.0.0/16", 2), [
      "web-private-1 10.0.0.0/18",
      "web-public-1 10.0.64.0/19",
      "web-private-2 10.0.128.0/18",
      "web-public-2 10.0.192.0/19",
    ]);
    assert.deepEqual(place("10.0.0.0/8", 1), [
      "web-private-1 10.0.0.0/17",
      "web-public-1 10.0.128.0/18",
    ]);
  });

  it("gives subnets without a size an even share, and unused ones their room", () => {
    const specs: readonly SubnetSpec[] = [
      { type: "Public", name: "edge" },
      { type: "Unused" },
      { type: "Isolated", cidrMask: 24 },
    ];

    assert.deepEqual(place("10.4.0.0/20", 1, specs), [
      "web-edge-1 10.4.0.0/22",
      "web-isolated-1 10.4.8.0/24",
    ]);
  });

  it("takes the size of a zone where it is given", () => {
    assert.deepEqual(place("10.0.0.0/16", 2, [{ type: "Private", cidrMask: 24 }], 20), [
      "web-private-1 10.0.0.0/24",
      "web-private-2 10.0.16.0/24",
    ]);
  });

  it("keeps every subnet inside the VPC and apart from the others", () => {
    const sizes = fc.array(fc.integer({ min: 18, max: 28 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 4 }), (masks, zones) => {
        const specs = masks.map((cidrMask, index): SubnetSpec => ({
          type: "Private",
          name: `n${String(index)}`,
          cidrMask,
        }));
        let placed;
        try {
          placed = placeSubnets("web", "10.8.0.0/16", zones, specs, undefined);
        } catch {
          return;
        }
        const ranges = placed
          .map(({ cidrBlock }) => range(cidrBlock))
          .sort(([one], [other]) => one - other);
        const [first, last] = range("10.8.0.0/15");
        assert.equal(ranges.length, masks.length * zones);
        for (const [index, [start, end]] of ranges.entries()) {
          assert.ok(start >= first && end <= last);
          assert.ok(start > (ranges[index - 1]?.[1] ?? -1));
          assert.equal(start % (end - start + 1), 0);
        }
      }),
    );
  });

  it("refuses subnets that a zone has no room for", () => {
    assert.throws(() => place("10.0.0.0/24", 2, PUBLIC_AND_PRIVATE), {
      message:
        "subnetSpecs need 4352 addresses in each zone, but a zone of 10.0.0.0/24 has 128; " +
        "make the VPC larger or the subnets smaller",
    });
  });

  it("refuses subnets that the gaps between them push into the next zone", () => {
    const specs: readonly SubnetSpec[] = [
      { type: "Public", cidrMask: 26 },
      { type: "Private", cidrMask: 24 },
      { type: "Isolated", cidrMask: 25 },
    ];

    assert.throws(() => place("10.0.0.0/22", 2, specs), {
      message:
        "subnets overlap in 10.0.0.0/22: web-public-2 (10.0.2.0/26); " +
        "make the VPC larger, the subnets smaller or the zones fewer",
    });
  });

  it("refuses a VPC that its own layout is too large for", () => {
    assert.throws(() => place("10.0.0.0/25", 4), {
      message:
        "a zone has a /27 only, but subnets without subnetSpecs need a /26 or larger; give subnetSpecs",
    });
  });

  it("refuses what is not an IPv4 block", () => {
    for (const cidrBlock of ["10.0.0/16", "10.0.0.256/16", "10.0.0.0/33", "fd00::/8"]) {
      assert.throws(() => place(cidrBlock, 2), {
        message: `cidrBlock is "${cidrBlock}"; it must be an IPv4 block such as 10.0.0.0/16`,
      });
    }
  });
});
