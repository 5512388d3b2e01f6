import assert from "node:assert/strict";
import {
  compareToTarget,
  desiredInstances,
  type ProviderView,
  reservationOf,
  scaleInStep,
} from "../../../capacity/simulate/capacity-reservation";
import { aModel } from "./a-model";

const { capacityProvider } = aModel();

function reservation(view: Partial<ProviderView>, changes: Partial<typeof capacityProvider> = {}) {
  return reservationOf(
    { ...capacityProvider, ...changes },
    { instances: 3, busyInstances: 3, waitingTasks: 0, smallestFit: 3, largestFit: 3, ...view },
  );
}

function percent({ needed, running }: { needed: number; running: number }): number {
  return Math.floor((100 * needed) / running);
}

describe("reservationOf", () => {
  it("is at its target on an empty group", () => {
    const empty = { instances: 0, busyInstances: 0 };
    assert.equal(percent(reservation(empty)), 100);
    assert.equal(percent(reservation(empty, { targetCapacityPercent: 90 })), 90);
    assert.equal(compareToTarget(reservation(empty, { targetCapacityPercent: 90 }), 90), 0);
  });

  it("is 200 when tasks wait and no instance runs", () => {
    const view = reservation({ instances: 0, busyInstances: 0, waitingTasks: 10 });
    assert.equal(percent(view), 200);
    assert.equal(desiredInstances(0, view, 100), 2);
  });

  it("is 100 when every instance runs a task and none waits", () => {
    assert.deepEqual(reservation({}), { needed: 3, running: 3 });
    assert.equal(compareToTarget(reservation({}), 100), 0);
  });

  it("is 133 for one waiting task beside 3 full instances, which become 4", () => {
    const view = reservation({ waitingTasks: 1 });
    assert.equal(percent(view), 133);
    assert.equal(desiredInstances(3, view, 100), 4);
  });

  it("is 66 for 2 busy instances of 3, which become 2", () => {
    const view = reservation({ busyInstances: 2 });
    assert.equal(percent(view), 66);
    assert.equal(desiredInstances(3, view, 100), 2);
  });

  it("needs an instance for each fill of the largest type", () => {
    assert.deepEqual(reservation({ waitingTasks: 36, instances: 14 }), { needed: 26, running: 14 });
    assert.equal(desiredInstances(14, { needed: 26, running: 14 }, 100), 26);
    assert.deepEqual(reservation({ waitingTasks: 36, instances: 14, largestFit: 7 }), {
      needed: 20,
      running: 14,
    });
  });

  it("holds 1000 tasks on 334 instances of three and 100 on 34", () => {
    const full = (tasks: number) => reservation({ waitingTasks: tasks - 3, instances: 1 }).needed;
    assert.deepEqual([full(1000), full(100)], [334, 34]);
  });

  it("asks for no fewer and no more than the step limits", () => {
    const limits = { minimumScalingStep: 4, maximumScalingStep: 6 };
    assert.equal(reservation({ waitingTasks: 1 }, limits).needed, 7);
    assert.equal(reservation({ waitingTasks: 15 }, limits).needed, 8);
    assert.equal(reservation({ waitingTasks: 99 }, limits).needed, 9);
  });

  it("is at its target when the waiting tasks do not fit the smallest type", () => {
    for (const targetCapacityPercent of [100, 80]) {
      const changes = { targetCapacityPercent };
      const view = reservation({ waitingTasks: 5, smallestFit: 0 }, changes);
      assert.equal(percent(view), targetCapacityPercent);
      assert.equal(desiredInstances(3, view, targetCapacityPercent), 3);
    }
  });
});

describe("desiredInstances", () => {
  it("keeps 2 of 3 at a target of 100 and 4 at one of 50", () => {
    assert.equal(desiredInstances(3, { needed: 2, running: 3 }, 100), 2);
    assert.equal(desiredInstances(3, { needed: 2, running: 3 }, 50), 4);
  });

  it("is what is needed for every pair, where the percentage rounds wrong for one in eight", () => {
    let wrong = 0;
    for (let needed = 1; needed <= 1000; needed += 1) {
      for (let running = 1; running <= 1000; running += 7) {
        assert.equal(desiredInstances(running, { needed, running }, 100), needed);
        wrong += Math.ceil((running * ((needed / running) * 100)) / 100) === needed ? 0 : 1;
      }
    }
    assert.ok(wrong > 10_000, `${wrong}`);
  });
});

describe("scaleInStep", () => {
  const steps = (from: number, to: number) => {
    const sizes = [from];
    for (let size = from; size > to;) {
      size = scaleInStep(size, to);
      sizes.push(size);
    }
    return sizes;
  };

  it("halves 334 to 34 in four steps", () => {
    assert.deepEqual(steps(334, 34), [334, 167, 84, 42, 34]);
  });

  it("needs less than an eighth of the steps of the former twentieth", () => {
    let former = 0;
    for (let size = 334; size > 34; former += 1) {
      size = Math.max(34, size - Math.max(1, Math.floor(size / 20)));
    }
    assert.equal(former, 51);
    assert.ok(former / (steps(334, 34).length - 1) > 8);
  });

  it("always removes one", () => {
    assert.deepEqual(steps(3, 0), [3, 2, 1, 0]);
  });
});
