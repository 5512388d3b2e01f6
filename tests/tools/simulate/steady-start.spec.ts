import assert from "node:assert/strict";
import type { ScalingModel } from "../../../capacity/simulate/scaling-model";
import { steadyStart } from "../../../tools/simulate/steady-start";
import { aModel } from "./small-run";

/** Tasks and instances at the start of a load that begins with so many requests a second. */
function startOf(rate: number, model: ScalingModel = aModel()): [number, number] {
  const load = {
    name: "some",
    startsAt: 0,
    stepSeconds: 10,
    requests: Float64Array.of(10 * rate, 0),
  };
  const { service, group } = steadyStart(model, load);
  return [service.desiredTasks, group.desiredInstances];
}

describe("steadyStart", () => {
  it("begins with what the first step needs at the targets", () => {
    // 16.67 requests a second and task; four tasks of half a vCPU on an m7g.large.
    assert.deepEqual(startOf(100), [6, 2]);
    assert.deepEqual(startOf(100.1), [7, 2]);
    assert.deepEqual(startOf(200), [12, 3]);
  });

  it("keeps room for the target capacity", () => {
    const model = aModel();
    const capacityProvider = { ...model.capacityProvider, targetCapacityPercent: 50 };

    assert.deepEqual(startOf(200, { ...model, capacityProvider }), [12, 6]);
  });

  it("stays within the bounds of the service and the group", () => {
    const { group } = aModel();

    assert.deepEqual(startOf(0), [2, group.minInstances]);
    assert.deepEqual(startOf(100_000), [20, 5]);
    assert.deepEqual(startOf(100_000, aModel({ group: { ...group, maxInstances: 3 } })), [20, 3]);
  });

  it("counts on the fewest instances where a type is unknown or holds no task", () => {
    const { group } = aModel();
    const unknown = aModel({ group: { ...group, instanceTypes: ["x1.unknown"] } });

    assert.deepEqual(startOf(200, unknown), [12, group.minInstances]);
  });
});
