import assert from "node:assert/strict";
import { outOfBounds, requireBounds, type Quantity } from "../../policies/bounds";
import type { Finding } from "../../policies/policy";

const quantity = (given: Partial<Quantity> = {}): Quantity => ({
  property: "interval",
  value: 10,
  allowed: { min: 5, max: 15 },
  unit: "s",
  fix: "set intervalSeconds",
  ...given,
});

describe("outOfBounds", () => {
  for (const value of [5, 15, "5"]) {
    it(`accepts ${JSON.stringify(value)}`, () => {
      assert.equal(outOfBounds(quantity({ value })), undefined);
    });
  }

  for (const [value, got] of [
    [4, "interval is 4 s"],
    [16, "interval is 16 s"],
    ["16", "interval is 16 s"],
    [7.5, "interval is not a whole number"],
    ["often", "interval is not a whole number"],
    [[], "interval is not a whole number"],
    [undefined, "interval is missing"],
    [null, "interval is missing"],
  ] as const) {
    it(`refuses ${value === undefined ? "an absent number" : JSON.stringify(value)}`, () => {
      assert.deepEqual(outOfBounds(quantity({ value })), {
        got,
        allowed: "5 to 15 s",
        fix: "set intervalSeconds",
      });
    });
  }

  it("takes AWS's default for an absent number", () => {
    assert.equal(outOfBounds(quantity({ value: undefined, byDefault: 15 })), undefined);
    assert.equal(
      outOfBounds(quantity({ value: null, byDefault: 30 }))?.got,
      "interval is 30 s by default",
    );
  });

  it("writes a plain count without a unit", () => {
    const count = { property: "tasks", value: 16, allowed: { min: 5, max: 15 }, fix: "lower it" };

    assert.equal(outOfBounds(count)?.got, "tasks is 16");
    assert.equal(outOfBounds(count)?.allowed, "5 to 15");
  });
});

describe("requireBounds", () => {
  it("reports only what is outside", () => {
    const findings: Finding[] = [];
    const violate = (finding: Finding) => findings.push(finding);

    requireBounds(violate, quantity());
    requireBounds(violate, quantity({ value: 16 }));

    assert.deepEqual(
      findings.map(({ got }) => got),
      ["interval is 16 s"],
    );
  });
});
