import assert from "node:assert/strict";
import fc from "fast-check";
import {
  mayScaleOut,
  proposedCapacity,
  serviceAlarms,
} from "../../../capacity/simulate/target-tracking";

describe("serviceAlarms", () => {
  it("are above 70 for 3 datapoints and below 63 for 15 at a target of 70", () => {
    assert.deepEqual(serviceAlarms({ target: 70, periodSeconds: 60 }), {
      high: { direction: "above", threshold: 70, datapoints: 3 },
      low: { direction: "below", threshold: 63, datapoints: 15 },
    });
  });

  it("wait ten minutes for the low one with datapoints each 20 seconds", () => {
    assert.equal(serviceAlarms({ target: 70, periodSeconds: 20 }).low.datapoints, 30);
  });
});

describe("proposedCapacity", () => {
  it("adds 2 for a wish of 1.5 more and removes 1 for a wish of 1.5 fewer", () => {
    assert.equal(proposedCapacity(4, 68.75, 50), 6);
    assert.equal(proposedCapacity(10, 42.5, 50), 9);
  });

  it("doubles at twice the target", () => {
    assert.equal(proposedCapacity(7, 140, 70), 14);
  });

  it("gives one from nothing when the metric shows demand", () => {
    assert.equal(proposedCapacity(0, 900, 600), 1);
    assert.equal(proposedCapacity(0, 0, 600), 0);
  });

  it("is exact where the product is whole, whatever the floating point says", () => {
    for (let current = 1; current <= 300; current += 1) {
      for (let wanted = 1; wanted <= 300; wanted += 1) {
        assert.equal(proposedCapacity(current, (wanted / current) * 70, 70), wanted);
      }
    }
  });

  it("is never lower for a higher metric", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1000, noNaN: true }),
        fc.double({ min: 0, max: 1000, noNaN: true }),
        (current, metric, more) => {
          assert.ok(
            proposedCapacity(current, metric + more, 50) >= proposedCapacity(current, metric, 50),
          );
        },
      ),
    );
  });
});

describe("mayScaleOut", () => {
  it("lets only a larger scale-out through within the cooldown", () => {
    const last = { atSeconds: 100, from: 4, to: 6 };
    assert.equal(mayScaleOut(6, last, 300, 399), false);
    assert.equal(mayScaleOut(8, last, 300, 101), true);
    assert.equal(mayScaleOut(6, last, 300, 400), true);
    assert.equal(mayScaleOut(5, undefined, 300, 0), true);
  });
});
