import assert from "node:assert/strict";
import { growthOf, growthRows, targets, timesNaive } from "../../../bench/engine/comparison";

const startUp = (milliseconds: number) => ({
  programMs: milliseconds,
  packMs: milliseconds / 2,
  previewMs: milliseconds * 3,
});

const STARTS = {
  shipped: [startUp(1000), startUp(2000), startUp(1200)],
  naive: [startUp(5000), startUp(8000), startUp(6000)],
};

const size = (resources: number, previewMs: number, upSavedOnceMs: number) => ({
  resources,
  previewMs: [previewMs],
  upMs: [upSavedOnceMs * resources],
  upSavedOnceMs: [upSavedOnceMs],
});

describe("the comparison of the engine's benchmark", () => {
  it("takes the ratio of each round, not that of the medians", () => {
    assert.deepEqual(timesNaive(STARTS, "programMs"), { median: 5, lowest: 4, highest: 5 });
  });

  it("gives the cost of a resource beyond the size before, whatever the order of the sizes", () => {
    const rows = growthRows([size(500, 3000, 9000), size(100, 1000, 3000)]);

    assert.deepEqual(
      rows.map(({ resources, times: { previewMs, upMs, upSavedOnceMs } }) => [
        resources,
        previewMs.eachMs,
        upMs.eachMs,
        upSavedOnceMs.eachMs,
      ]),
      [
        [100, undefined, undefined, undefined],
        [500, 5, 10_500, 15],
      ],
    );
  });

  it("marks the targets that are reached and those that are missed", () => {
    const rows = growthRows([
      size(100, 1000, 3000),
      size(500, 3000, 9000),
      size(1000, 6000, 21_000),
    ]);

    assert.deepEqual(
      targets(STARTS, rows).map(({ measured, unit, reached }) => [measured, unit, reached]),
      [
        [1.2, "s", true],
        [0.6, "s", true],
        [1.2, "times", true],
        [1.6, "times", false],
      ],
    );
  });

  it("says how the time grows that the engine takes as it comes, without judging it", () => {
    const rows = growthRows([size(1, 1, 1), size(2, 2, 2), size(3, 3, 3)]);

    assert.equal(growthOf(rows, "upMs"), 5 / 3);
    assert.equal(growthOf(rows.slice(0, 2), "upMs"), undefined);
  });

  it("judges no growth by fewer than three sizes", () => {
    const rows = growthRows([size(100, 1000, 3000), size(500, 3000, 9000)]);

    assert.equal(targets(STARTS, rows).length, 2);
  });

  it("misses a start-up that takes longer than two seconds", () => {
    const slow = { shipped: [startUp(2100)], naive: [startUp(2100)] };

    assert.deepEqual(
      targets(slow, []).map(({ reached }) => reached),
      [false, true],
    );
  });
});
