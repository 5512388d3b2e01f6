import assert from "node:assert/strict";
import { onDemandInstances } from "../../capacity/instances-distribution";

describe("onDemandInstances", () => {
  it("is the base and of the others the share, rounded up", () => {
    const group = { onDemandBase: 2, onDemandPercentageAboveBase: 25 };

    assert.deepEqual(
      [0, 1, 2, 3, 6, 7, 9].map((instances) => onDemandInstances(group, instances)),
      [0, 1, 2, 3, 3, 4, 4],
    );
  });

  it("is the base alone, or the whole group", () => {
    assert.equal(onDemandInstances({ onDemandBase: 2, onDemandPercentageAboveBase: 0 }, 9), 2);
    assert.equal(onDemandInstances({ onDemandBase: 0, onDemandPercentageAboveBase: 100 }, 9), 9);
  });
});
