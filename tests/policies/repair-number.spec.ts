import assert from "node:assert/strict";
import { repairNumber } from "../../policies/repair-number";
import { UNKNOWN } from "../../tools/preview/graph";
import { checkingUnknowns } from "../support/unknowns";

const BOUNDS = { min: 30, max: 600 };

describe("repairNumber", () => {
  for (const [given, repaired] of [
    [29, 30],
    [601, 600],
    ["601", 600],
    [undefined, 300],
    [null, 300],
    ["long", 300],
  ] as const) {
    it(`turns ${given === undefined ? "an absent number" : JSON.stringify(given)} into ${String(repaired)}, once`, () => {
      const owner: Record<string, unknown> = { warmup: given, other: 1 };

      assert.equal(repairNumber(owner, "warmup", BOUNDS, 300), true);
      assert.deepEqual(owner, { warmup: repaired, other: 1 });
      assert.equal(repairNumber(owner, "warmup", BOUNDS, 300), false);
    });
  }

  for (const given of [30, 600, "30"]) {
    it(`leaves ${JSON.stringify(given)} as it is`, () => {
      const owner: Record<string, unknown> = { warmup: given };

      assert.equal(repairNumber(owner, "warmup", BOUNDS, 300), false);
      assert.deepEqual(owner, { warmup: given });
    });
  }

  it("moves the number for an absent one into the bounds", () => {
    const owner: Record<string, unknown> = {};

    repairNumber(owner, "warmup", { min: 400, max: 600 }, 300);

    assert.deepEqual(owner, { warmup: 400 });
  });

  it("writes through the SDK's proxy and leaves an unknown number as it is", () => {
    const owner = { warmup: UNKNOWN, cooldown: 0 };

    assert.equal(repairNumber(checkingUnknowns(owner), "warmup", BOUNDS, 300), false);
    assert.equal(repairNumber(checkingUnknowns(owner), "cooldown", BOUNDS, 300), true);
    assert.deepEqual(owner, { warmup: UNKNOWN, cooldown: 30 });
  });
});
