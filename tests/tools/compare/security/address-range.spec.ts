import assert from "node:assert/strict";
import fc from "fast-check";
import { addressRange, containsAddresses } from "../../../../tools/compare/security/address-range";

const cidrs = fc.tuple(fc.nat(255), fc.integer({ min: 24, max: 32 }));
const rangeOf = ([address, prefix]: readonly [number, number]) => {
  const range = addressRange(`192.0.2.${String(address)}/${String(prefix)}`);
  assert.ok(range !== undefined);
  return range;
};

/** The last bytes of the addresses in a block, by their bits. */
function bytesOf([address, prefix]: readonly [number, number]): readonly number[] {
  const shift = 32 - prefix;
  return Array.from({ length: 256 }, (_, byte) => byte).filter(
    (byte) => byte >> shift === address >> shift,
  );
}

describe("addressRange", () => {
  it("knows the ends of blocks of both families", () => {
    assert.deepEqual(addressRange("10.1.2.3/16"), {
      family: "IPv4",
      first: 0x0a010000n,
      last: 0x0a01ffffn,
    });
    assert.deepEqual(addressRange("::/0"), { family: "IPv6", first: 0n, last: (1n << 128n) - 1n });
  });

  for (const text of ["10.0.0.0", "10.0.0.0/33", "${urn:a#cidrBlock}", "", "10.0.0/8x"]) {
    it(`takes ${text === "" ? "the empty text" : text} for none`, () => {
      assert.equal(addressRange(text), undefined);
    });
  }
});

describe("containsAddresses", () => {
  it("agrees with the addresses one by one", () => {
    fc.assert(
      fc.property(cidrs, cidrs, (outer, inner) => {
        const known = new Set(bytesOf(outer));

        assert.equal(
          containsAddresses(rangeOf(outer), rangeOf(inner)),
          bytesOf(inner).every((byte) => known.has(byte)),
        );
      }),
    );
  });
});
