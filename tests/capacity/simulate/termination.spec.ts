import assert from "node:assert/strict";
import { Market } from "../../../capacity/simulate/instance-table";
import { chooseTerminations } from "../../../capacity/simulate/termination";

/** Instances 0 to 6: zone, market, launch. */
const INSTANCES = [
  [0, Market.onDemand, 50],
  [0, Market.spot, 40],
  [0, Market.spot, 30],
  [1, Market.onDemand, 20],
  [1, Market.spot, 10],
  [2, Market.spot, 60],
  [0, Market.spot, 35],
] as const;

function choose(count: number, onDemandSurplus: number, candidates = [0, 1, 2, 3, 4, 5, 6]) {
  return chooseTerminations(candidates, count, {
    zone: (instance) => INSTANCES[instance]![0],
    market: (instance) => INSTANCES[instance]![1],
    launchedAt: (instance) => INSTANCES[instance]![2],
    inZone: [4, 2, 1],
    onDemandSurplus,
  });
}

describe("chooseTerminations", () => {
  it("takes the oldest of the zone with the most instances", () => {
    assert.deepEqual(choose(3, 0), [2, 6, 1]);
  });

  it("takes On-Demand instances while there are too many", () => {
    assert.deepEqual(choose(3, 1), [0, 2, 6]);
  });

  it("takes the other market where the preferred one has no candidate", () => {
    assert.deepEqual(choose(5, 0, [0, 3]), [0, 3]);
    assert.deepEqual(choose(1, 2, [4]), [4]);
  });
});
