import assert from "node:assert/strict";
import fc from "fast-check";
import { headroomOf } from "../../capacity/headroom";
import { aReport } from "./a-report";

describe("headroomOf", () => {
  it("is what the instances hold above the tasks, and what is left of it without a zone", () => {
    assert.deepEqual(headroomOf(aReport(), 3), [
      {
        when: "minTasks",
        tasks: 3,
        instances: 3,
        spareTasks: 9,
        zoneLoss: {
          lostTasks: 1,
          instances: 2,
          heldTasks: 3,
          waitingTasks: 0,
          unplaceableTasks: 0,
        },
      },
      {
        when: "maxTasks",
        tasks: 20,
        instances: 5,
        spareTasks: 0,
        zoneLoss: {
          lostTasks: 7,
          instances: 3,
          heldTasks: 12,
          waitingTasks: 8,
          unplaceableTasks: 0,
        },
      },
      {
        when: "deployment",
        tasks: 40,
        instances: 10,
        spareTasks: 0,
        zoneLoss: {
          lostTasks: 14,
          instances: 6,
          heldTasks: 24,
          waitingTasks: 16,
          unplaceableTasks: 0,
        },
      },
    ]);
  });

  it("has spare instances below a target of 100 percent", () => {
    const [, atMax] = headroomOf(aReport({ targetCapacityPercent: 80 }), 3);
    assert.deepEqual([atMax.instances, atMax.spareTasks], [7, 8]);
  });

  it("is negative where a configured maximum is too small, and tells what never runs", () => {
    const [, atMax] = headroomOf(aReport({ maxInstances: 4 }), 3);
    assert.deepEqual([atMax.instances, atMax.spareTasks], [4, -4]);
    assert.equal(atMax.zoneLoss.unplaceableTasks, 4);
  });

  it("loses everything with the only zone", () => {
    const [atMin] = headroomOf(aReport({ surviveZoneLoss: false, availabilityZones: 1 }), 1);
    assert.deepEqual(atMin.zoneLoss, {
      lostTasks: 3,
      instances: 0,
      heldTasks: 0,
      waitingTasks: 3,
      unplaceableTasks: 3,
    });
  });

  it("holds the fewest tasks without a zone wherever the plan promises it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 200 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 50, max: 100 }),
        (minTasks, tasks, availabilityZones, targetCapacityPercent) => {
          const report = aReport({
            fits: [{ instanceType: "m7g.large", tasks, boundBy: "cpu" }],
            minTasks,
            maxTasks: minTasks * 2,
            availabilityZones,
            targetCapacityPercent,
          });
          const [atMin] = headroomOf(report, availabilityZones);
          assert.equal(atMin.zoneLoss.waitingTasks, 0);
        },
      ),
    );
  });
});
