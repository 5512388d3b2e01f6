import assert from "node:assert/strict";
import fc from "fast-check";
import { parseIpv4Block, vpcCidr } from "../../../infra/config/cidr";

const check = vpcCidr(16, 24);

function faultOf(text: string): string {
  const checked = check(text);
  assert.ok(!checked.ok, text);
  return checked.faults.map(({ got, rule, remedy }) => `got ${got}, ${rule}; ${remedy}`).join("\n");
}

describe("vpcCidr", () => {
  it("accepts blocks at both ends of its range", () => {
    for (const block of ["10.0.0.0/16", "10.0.255.0/24", "172.18.0.0/16", "192.168.4.0/22"]) {
      assert.deepEqual(check(block), { ok: true, value: block });
    }
  });

  it("refuses a longer and a shorter prefix", () => {
    const rule = "must be an IPv4 block from /16 to /24; write one such as 10.0.0.0/16";
    for (const block of ["10.0.0.0/15", "10.0.0.0/25", "10.0.0.0", "10.0.0/16", "10.0.0.256/24"]) {
      assert.equal(faultOf(block), `got "${block}", ${rule}`);
    }
  });

  it("names the block that an inner address belongs to", () => {
    assert.equal(
      faultOf("10.20.17.3/20"),
      'got "10.20.17.3/20", must be an IPv4 block from /16 to /24 that begins at its first address; write 10.20.16.0/20',
    );
  });

  it("refuses the block of Docker's bridge and what overlaps it", () => {
    for (const block of ["172.17.0.0/16", "172.17.8.0/24"]) {
      assert.equal(
        faultOf(block),
        `got "${block}", must not overlap 172.17.0.0/16: Docker's bridge on the instances has it; choose a block of 10.0.0.0/8, 172.18.0.0/15 or 192.168.0.0/16`,
      );
    }
    assert.equal(check("172.16.0.0/16").ok, true);
  });

  it("refuses the link-local block, both ends of it, and nothing beside it", () => {
    for (const block of ["169.254.0.0/16", "169.254.0.0/24", "169.254.255.0/24"]) {
      assert.equal(
        faultOf(block),
        `got "${block}", must not overlap 169.254.0.0/16: it holds the metadata services of instances and tasks; choose a block of 10.0.0.0/8, 172.18.0.0/15 or 192.168.0.0/16`,
      );
    }
    for (const block of ["169.253.0.0/16", "169.253.255.0/24", "169.255.0.0/24"]) {
      assert.deepEqual(check(block), { ok: true, value: block });
    }
  });

  it("refuses blocks that no VPC can have", () => {
    for (const block of ["0.0.0.0/16", "127.0.0.0/16", "169.254.0.0/16", "224.0.0.0/16"]) {
      assert.match(faultOf(block), /must not overlap/);
    }
  });
});

describe("parseIpv4Block", () => {
  it("reads nothing else", () => {
    for (const text of [
      "",
      "10.0.0.0/33",
      "10.0.0.0/",
      "10.0.0.1000/8",
      "1.2.3.4/8/8",
      "a.b.c.d/8",
    ]) {
      assert.equal(parseIpv4Block(text), undefined, text);
    }
  });

  it("reads every address as a 32-bit number", () => {
    const octet = fc.nat(255);
    fc.assert(
      fc.property(fc.tuple(octet, octet, octet, octet), fc.nat(32), (octets, prefixLength) => {
        const address = octets.join(".");
        const block = parseIpv4Block(`${address}/${prefixLength}`);
        const [a, b, c, d] = octets;
        assert.deepEqual(block, {
          first: a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d,
          prefixLength,
        });
      }),
    );
  });
});
