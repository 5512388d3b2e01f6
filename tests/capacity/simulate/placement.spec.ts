import assert from "node:assert/strict";
import { InstanceBuckets } from "../../../capacity/simulate/instance-buckets";
import { Placement } from "../../../capacity/simulate/placement";
import { seededRandom } from "../../../capacity/simulate/random";
import type { PlacementRule } from "../../../capacity/simulate/scaling-model";
import { aModel } from "./a-model";

const POOLS = [
  { zone: 0, cpuUnits: 2048, memoryMiB: 4000 },
  { zone: 1, cpuUnits: 2048, memoryMiB: 4000 },
  { zone: 1, cpuUnits: 4096, memoryMiB: 3500 },
];

/** Instances 0 and 1 in pool 0 with 1 and 2 tasks, 2 in pool 1 with 3, 3 in pool 2 with 2. */
function buckets(): InstanceBuckets {
  const all = new InstanceBuckets([8, 8, 8]);
  all.reserve(4);
  all.set(0, 0, 1);
  all.set(1, 0, 2);
  all.set(2, 1, 3);
  all.set(3, 2, 2);
  return all;
}

function placement(...rules: PlacementRule[]): Placement {
  return new Placement(rules, POOLS, aModel().service.task, seededRandom(3));
}

const SPREAD_ZONES = { type: "spread", field: "availabilityZone" } as const;
const SPREAD_INSTANCES = { type: "spread", field: "instance" } as const;
const BINPACK_CPU = { type: "binpack", field: "cpu" } as const;
const BINPACK_MEMORY = { type: "binpack", field: "memory" } as const;

describe("Placement", () => {
  it("spreads over the zones, then packs", () => {
    const strategy = placement(SPREAD_ZONES, BINPACK_MEMORY);
    assert.equal(strategy.place(buckets(), [3, 5]), 1);
    assert.equal(strategy.place(buckets(), [6, 5]), 2);
    assert.equal(strategy.stop(buckets(), [6, 5]), 0);
    assert.equal(strategy.stop(buckets(), [3, 5]), 3);
  });

  it("packs by the field that it is told", () => {
    assert.equal(placement(BINPACK_CPU).place(buckets(), [3, 5]), 2);
    assert.equal(placement(BINPACK_MEMORY).place(buckets(), [3, 5]), 2);
    assert.equal(placement(BINPACK_CPU).stop(buckets(), [3, 5]), 3);
    assert.equal(placement(BINPACK_MEMORY).stop(buckets(), [3, 5]), 0);
  });

  it("spreads over the instances", () => {
    assert.equal(placement(SPREAD_INSTANCES).place(buckets(), [3, 5]), 0);
    assert.equal(placement(SPREAD_INSTANCES).stop(buckets(), [3, 5]), 2);
  });

  it("spreads over the zones where no rule is given, at random within", () => {
    const strategy = placement();
    const placed = Array.from({ length: 60 }, () => strategy.place(buckets(), [6, 5]));
    assert.deepEqual([...new Set(placed)].sort(), [2, 3]);
    const stopped = Array.from({ length: 60 }, () => strategy.stop(buckets(), [6, 5]));
    assert.deepEqual([...new Set(stopped)].sort(), [0, 1]);
  });

  it("takes any instance as likely as the others where it is to choose at random", () => {
    const strategy = placement({ type: "random" });
    const chosen = [0, 0, 0, 0];
    for (let index = 0; index < 4000; index += 1) {
      const instance = strategy.place(buckets(), [3, 5]);
      chosen[instance] = (chosen[instance] ?? 0) + 1;
    }
    assert.ok(
      chosen.every((count) => count > 900 && count < 1100),
      chosen.join(),
    );
  });

  it("finds nothing where nothing is", () => {
    assert.equal(placement(SPREAD_ZONES).place(new InstanceBuckets([8, 8, 8]), [0, 0]), -1);
    assert.equal(placement(SPREAD_ZONES).stop(new InstanceBuckets([8, 8, 8]), [0, 0]), -1);
  });
});
