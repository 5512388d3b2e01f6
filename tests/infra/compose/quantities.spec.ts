import assert from "node:assert/strict";
import fc from "fast-check";
import { parseByteSize, parseDurationSeconds } from "../../../infra/compose/quantities";

const SECONDS = { us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 } as const;
const BYTES = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 } as const;

function keysOf<K extends string>(units: Readonly<Record<K, number>>): K[] {
  return Object.keys(units) as K[];
}

describe("parseDurationSeconds", () => {
  for (const [text, seconds] of [
    ["0", 0],
    ["0s", 0],
    ["30s", 30],
    ["1m30s", 90],
    ["1h5m30s20ms", 3930.02],
    ["2.5s", 2.5],
    [".5m", 30],
    ["1.s", 1],
    ["1500ms", 1.5],
    ["10us", 0.00001],
    ["30s1m", 90],
  ] as const) {
    it(`reads ${text}`, () => {
      assert.equal(parseDurationSeconds(text), seconds);
    });
  }

  for (const text of [
    "",
    "30",
    "s",
    "1 s",
    "-1s",
    "1m 30s",
    "1S",
    "1d",
    "1.2.3s",
    ".s",
    "1e3s",
    "s1",
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(parseDurationSeconds(text), undefined);
    });
  }

  it("adds up the parts of any duration", () => {
    const part = fc.record({ amount: fc.nat(100_000), unit: fc.constantFrom(...keysOf(SECONDS)) });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const text = parts.map(({ amount, unit }) => `${amount}${unit}`).join("");
        const expected = parts.reduce((sum, { amount, unit }) => sum + amount * SECONDS[unit], 0);
        const seconds = parseDurationSeconds(text) ?? NaN;
        assert.ok(Math.abs(seconds - expected) <= expected * 1e-12, `${text}: ${seconds}`);
      }),
    );
  });

  it("gives whole seconds for whole seconds in any unit", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seconds) => {
        assert.equal(parseDurationSeconds(`${seconds}s`), seconds);
        assert.equal(parseDurationSeconds(`${seconds * 1000}ms`), seconds);
        assert.equal(parseDurationSeconds(`${Math.floor(seconds / 60)}m${seconds % 60}s`), seconds);
      }),
    );
  });

  it("refuses any text without a unit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), (amount) => {
        assert.equal(parseDurationSeconds(`${amount}`), undefined);
      }),
    );
  });
});

describe("parseByteSize", () => {
  for (const [text, bytes] of [
    ["0", 0],
    ["1048576", 1048576],
    ["2b", 2],
    ["1024kb", 1048576],
    ["2048k", 2097152],
    ["300m", 314572800],
    ["1gb", 1073741824],
    ["512M", 536870912],
    ["1.5GiB", 1610612736],
    ["64 kib", 65536],
    [".5g", 536870912],
    ["0.1g", 107374182],
    ["1.k", 1024],
  ] as const) {
    it(`reads ${text}`, () => {
      assert.equal(parseByteSize(text), bytes);
    });
  }

  for (const text of ["", "m", "-1m", "1  m", "1mm", "1ib", "1bb", "1x", "1,5g", "1e3", "512 M "]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(parseByteSize(text), undefined);
    });
  }

  it("reads every spelling of a unit alike", () => {
    const unit = fc.constantFrom(...keysOf(BYTES).filter((name) => name !== "b"));
    fc.assert(
      fc.property(fc.nat(4096), unit, (amount, name) => {
        const upper = name.toUpperCase();
        const spellings = [name, `${name}b`, `${name}ib`, upper, `${upper}B`, ` ${name}`];
        for (const spelling of spellings) {
          assert.equal(parseByteSize(`${amount}${spelling}`), amount * BYTES[name]);
        }
      }),
    );
  });

  it("cuts off a fraction of a byte and nothing more", () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(999), (whole, thousandths) => {
        const text = `${whole}.${`${thousandths}`.padStart(3, "0")}`;
        assert.equal(parseByteSize(`${text}k`), Math.floor(Number(text) * 1024));
      }),
    );
  });
});
