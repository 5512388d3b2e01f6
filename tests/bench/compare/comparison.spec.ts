import assert from "node:assert/strict";
import { targets, timesPreview } from "../../../bench/compare/comparison";

const TIMES = {
  previewMs: [1000, 2000, 1000],
  againstMs: [1500, 3200, 1700],
  graphMs: [40, 99, 120],
  resources: 1015,
  changes: 91,
};

describe("the targets of the comparison's benchmark", () => {
  it("take the ratio of each round", () => {
    assert.deepEqual(timesPreview(TIMES), { median: 1.6, lowest: 1.5, highest: 1.7 });
  });

  it("are reached at their bounds", () => {
    assert.deepEqual(
      targets(TIMES).map(({ measured, reached }) => [measured, reached]),
      [
        ["1.60 times", true],
        ["99 ms", true],
      ],
    );
  });

  it("are missed beyond them", () => {
    const slow = { ...TIMES, againstMs: [1610, 3220, 1700], graphMs: [100] };

    assert.deepEqual(
      targets(slow).map(({ measured, reached }) => [measured, reached]),
      [
        ["1.61 times", false],
        ["100 ms", false],
      ],
    );
  });
});
