import assert from "node:assert/strict";
import { costAssumptions } from "../../capacity/cost-assumptions";
import { priceGroup, steadyCount, unpricedTypes } from "../../capacity/instance-cost";
import { aGroup } from "./an-inventory";

describe("steadyCount", () => {
  for (const [min, max, expected] of [
    [0, 0, 0],
    [3, 3, 3],
    [1, 2, 2],
    [3, 11, 5],
    [3, 12, 6],
    [5, 4, 5],
  ] as const) {
    it(`is ${String(expected)} between ${String(min)} and ${String(max)} at a quarter of the way`, () => {
      assert.equal(steadyCount(min, max, { ...costAssumptions, steadyLoadShare: 0.25 }), expected);
    });
  }
});

describe("priceGroup", () => {
  it("counts On-Demand at the list price", () => {
    // 0.0168 x 730 x 2, x 3, x 6
    assert.deepEqual(priceGroup(aGroup(), costAssumptions), {
      name: "web",
      minimum: { instanceType: "t4g.small", onDemand: 2, spot: 0, usdPerMonth: 24.53 },
      steady: { instanceType: "t4g.small", onDemand: 3, spot: 0, usdPerMonth: 36.79 },
      worst: { instanceType: "t4g.small", onDemand: 6, spot: 0, usdPerMonth: 73.58 },
    });
  });

  it("takes the base first, rounds the share above it up, and Spot at its share of the price", () => {
    const group = aGroup({
      minSize: 1,
      maxSize: 21,
      onDemandBase: 2,
      onDemandPercentageAboveBase: 25,
    });
    const cost = priceGroup(group, { ...costAssumptions, spotPriceShare: 0.25 });

    assert.deepEqual([cost.minimum.onDemand, cost.minimum.spot], [1, 0]);
    // 6 instances: 2, and a quarter of 4
    assert.deepEqual([cost.steady.onDemand, cost.steady.spot], [3, 3]);
    assert.equal(cost.steady.usdPerMonth, 45.99);
    assert.deepEqual([cost.worst.onDemand, cost.worst.spot], [21, 0]);
  });

  it("rounds a broken share up, in favour of On-Demand", () => {
    const group = aGroup({ minSize: 3, maxSize: 3, onDemandPercentageAboveBase: 34 });
    const { steady } = priceGroup(group, costAssumptions);

    assert.deepEqual([steady.onDemand, steady.spot], [2, 1]);
  });

  it("counts on the cheapest, the preferred and the dearest type", () => {
    const group = aGroup({ instanceTypes: ["t4g.medium", "t4g.small", "t4g.large"] });
    const { minimum, steady, worst } = priceGroup(group, costAssumptions);

    assert.deepEqual(
      [minimum.instanceType, steady.instanceType, worst.instanceType],
      ["t4g.small", "t4g.medium", "t4g.large"],
    );
  });

  it("leaves a type without a price out, and a group of nothing else without one", () => {
    const partly = priceGroup(aGroup({ instanceTypes: ["z9.huge", "t4g.small"] }), costAssumptions);
    const wholly = priceGroup(aGroup({ instanceTypes: ["z9.huge"] }), costAssumptions);

    assert.equal(partly.worst.instanceType, "t4g.small");
    assert.deepEqual(wholly.worst, { instanceType: "", onDemand: 6, spot: 0, usdPerMonth: 0 });
  });

  it("takes a maximum below the minimum for the minimum", () => {
    const { steady, worst } = priceGroup(aGroup({ minSize: 4, maxSize: 1 }), costAssumptions);

    assert.deepEqual([steady.onDemand, worst.onDemand], [4, 4]);
  });
});

describe("unpricedTypes", () => {
  it("names each type without a price once", () => {
    const groups = [
      aGroup({ instanceTypes: ["z9.huge", "t4g.small"] }),
      aGroup({ instanceTypes: ["z9.huge", "y8.vast"] }),
    ];

    assert.deepEqual(unpricedTypes(groups), ["z9.huge", "y8.vast"]);
  });
});
