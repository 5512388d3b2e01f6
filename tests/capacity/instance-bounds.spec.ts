import assert from "node:assert/strict";
import fc from "fast-check";
import type { InstanceFit } from "../../capacity/capacity-report";
import {
  type CapacityDemand,
  ceilDiv,
  instancesAfterZoneLoss,
  instancesForTasks,
  healthyTasksDuringDeployment,
  instancesSurvivingZoneLoss,
  instancesThatLeave,
  sizeInstances,
  tasksDuringDeployment,
} from "../../capacity/instance-bounds";

const tasks = fc.integer({ min: 1, max: 4000 });
const perInstance = fc.integer({ min: 1, max: 40 });
const zones = fc.integer({ min: 2, max: 4 });
const target = fc.integer({ min: 1, max: 100 });

function fit(count: number, instanceType = "m7g.large"): InstanceFit {
  return { instanceType, tasks: count, boundBy: "cpu" };
}

function aDemand(overrides: Partial<CapacityDemand> = {}): CapacityDemand {
  return {
    fits: [fit(4)],
    minTasks: 3,
    maxTasks: 20,
    deploymentMaximumPercent: 200,
    targetCapacityPercent: 90,
    availabilityZones: 3,
    surviveZoneLoss: true,
    minInstances: undefined,
    maxInstances: undefined,
    ...overrides,
  };
}

describe("instancesThatLeave", () => {
  it("is the fewest of which so many are left without a zone", () => {
    fc.assert(
      fc.property(tasks, zones, (left, availabilityZones) => {
        const instances = instancesThatLeave(left, availabilityZones);
        assert.ok(instancesAfterZoneLoss(instances, availabilityZones) >= left);
        assert.ok(instancesAfterZoneLoss(instances - 1, availabilityZones) < left);
      }),
    );
    assert.equal(instancesThatLeave(12, 3), 18);
  });
});

describe("healthyTasksDuringDeployment", () => {
  it("rounds up, as ECS does", () => {
    assert.deepEqual(
      [0, 50, 66, 100].map((percent) => healthyTasksDuringDeployment(3, percent)),
      [0, 2, 2, 3],
    );
  });
});

describe("ceilDiv", () => {
  it("is exact where the ceiling of a float is not", () => {
    assert.equal(Math.ceil((3 * ((5 / 3) * 100)) / 100), 6);
    assert.equal(ceilDiv(3 * 5 * 100, 3 * 100), 5);
  });

  it("is the smallest integer that is enough", () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.integer({ min: 1, max: 10_000 }), (dividend, divisor) => {
        const quotient = ceilDiv(dividend, divisor);
        assert.ok(quotient * divisor >= dividend && (quotient - 1) * divisor < dividend);
      }),
    );
  });
});

describe("instancesForTasks", () => {
  it("gives the figures of the AWS example of a service of 1000 and 100 tasks, 3 an instance", () => {
    assert.equal(instancesForTasks(1000, 3, 100), 334);
    assert.equal(instancesForTasks(100, 3, 100), 34);
  });

  it("keeps spare instances below a target of 100 percent", () => {
    assert.equal(instancesForTasks(40, 4, 90), 12);
    assert.equal(instancesForTasks(40, 4, 100), 10);
    assert.equal(instancesForTasks(36, 4, 90), 10);
    assert.equal(instancesForTasks(2, 1, 50), 4);
  });

  it("never falls when there are more tasks, a smaller instance or a lower target", () => {
    fc.assert(
      fc.property(tasks, perInstance, target, (count, each, percent) => {
        const instances = instancesForTasks(count, each, percent);
        assert.ok(instancesForTasks(count + 1, each, percent) >= instances);
        assert.ok(instancesForTasks(count, each + 1, percent) <= instances);
        assert.ok(percent === 1 || instancesForTasks(count, each, percent - 1) >= instances);
      }),
    );
  });

  it("holds the tasks within the target share, and one instance fewer would not", () => {
    fc.assert(
      fc.property(tasks, perInstance, target, (count, each, percent) => {
        const busy = Math.ceil(count / each);
        const instances = instancesForTasks(count, each, percent);
        assert.ok(instances * percent >= busy * 100);
        assert.ok((instances - 1) * percent < busy * 100);
      }),
    );
  });
});

describe("instancesSurvivingZoneLoss", () => {
  it("is the first number that stands in every zone and holds the tasks after the loss of any", () => {
    fc.assert(
      fc.property(tasks, perInstance, zones, (count, each, zoneCount) => {
        const survives = (instances: number) =>
          instances >= zoneCount &&
          spread(instances, zoneCount).every((lost) => (instances - lost) * each >= count);
        let first = 1;
        while (!survives(first)) {
          first += 1;
        }
        assert.equal(instancesSurvivingZoneLoss(count, each, zoneCount), first);
      }),
    );
  });
});

/** Instances of each zone, one after the other in turn. */
function spread(instances: number, zoneCount: number): number[] {
  const counts = new Array<number>(zoneCount).fill(0);
  for (let index = 0; index < instances; index += 1) {
    counts[index % zoneCount]! += 1;
  }
  return counts;
}

describe("instancesAfterZoneLoss", () => {
  it("loses the fullest zone", () => {
    fc.assert(
      fc.property(fc.nat(1000), zones, (instances, zoneCount) => {
        const lost = Math.max(...spread(instances, zoneCount));
        assert.equal(instancesAfterZoneLoss(instances, zoneCount), instances - lost);
      }),
    );
  });
});

describe("tasksDuringDeployment", () => {
  it("rounds the maximum percent down", () => {
    assert.equal(tasksDuringDeployment(4, 200), 8);
    assert.equal(tasksDuringDeployment(3, 150), 4);
    assert.equal(tasksDuringDeployment(1, 199), 1);
  });
});

describe("sizeInstances", () => {
  it("derives the bounds of a group that survives the loss of a zone", () => {
    assert.deepEqual(sizeInstances(aDemand({ fits: [fit(7, "c7g.xlarge"), fit(4)] })), {
      fits: [fit(7, "c7g.xlarge"), fit(4)],
      smallest: fit(4),
      minTasks: 3,
      maxTasks: 20,
      deploymentTasks: 40,
      instancesAtMin: 2,
      instancesAtMax: 6,
      instancesAtDeployment: 12,
      minInstances: 3,
      maxInstances: 12,
      minInstancesBoundBy: "one instance a zone",
      maxInstancesBoundBy: "the deployment's surge",
    });
  });

  const bounds: [reason: string, Partial<CapacityDemand>, [number, string, number, string]][] = [
    [
      "the tasks alone where a zone may be lost",
      { surviveZoneLoss: false },
      [2, "minTasks at the target capacity", 12, "the deployment's surge"],
    ],
    [
      "the survivors of a lost zone",
      { minTasks: 9 },
      [5, "minTasks after the loss of a zone", 12, "the deployment's surge"],
    ],
    [
      "the spare instances where they are more than the survivors",
      { minTasks: 9, targetCapacityPercent: 30 },
      [10, "minTasks at the target capacity", 34, "the deployment's surge"],
    ],
    [
      "the minimum where a deployment needs fewer",
      { minTasks: 2, maxTasks: 2 },
      [3, "one instance a zone", 3, "minInstances"],
    ],
    [
      "the zones where the spare instances are as many",
      { minTasks: 9, targetCapacityPercent: 60 },
      [5, "minTasks after the loss of a zone", 17, "the deployment's surge"],
    ],
    [
      "the surge where the minimum is as large",
      { minTasks: 2, maxTasks: 5, targetCapacityPercent: 100 },
      [3, "one instance a zone", 3, "the deployment's surge"],
    ],
    ["the configuration", { minInstances: 4, maxInstances: 9 }, [4, "configured", 9, "configured"]],
    [
      "a configured minimum above the surge",
      { minInstances: 20 },
      [20, "configured", 20, "minInstances"],
    ],
  ];
  for (const [reason, overrides, expected] of bounds) {
    it(`is bound by ${reason}`, () => {
      const report = sizeInstances(aDemand(overrides));
      assert.deepEqual(
        [
          report.minInstances,
          report.minInstancesBoundBy,
          report.maxInstances,
          report.maxInstancesBoundBy,
        ],
        expected,
      );
    });
  }

  it("derives a minimum that holds minTasks and, where asked, holds them without a zone", () => {
    fc.assert(
      fc.property(
        fc.record({
          fits: perInstance.map((count) => [fit(count)] as const),
          minTasks: fc.integer({ min: 1, max: 100 }),
          targetCapacityPercent: target,
          availabilityZones: zones,
          surviveZoneLoss: fc.boolean(),
        }),
        ({ fits, ...rest }) => {
          const demand = aDemand({ ...rest, fits: [...fits], maxTasks: 100 });
          const { minInstances, maxInstances, smallest } = sizeInstances(demand);
          const left = demand.surviveZoneLoss
            ? instancesAfterZoneLoss(minInstances, demand.availabilityZones)
            : minInstances;
          assert.ok(left * smallest.tasks >= demand.minTasks);
          assert.ok(maxInstances >= minInstances);
          assert.ok(maxInstances * smallest.tasks >= 200);
        },
      ),
    );
  });
});
