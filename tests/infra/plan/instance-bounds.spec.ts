import assert from "node:assert/strict";
import { type ConfigOverrides, planFaults } from "../../support/stack-plans";

const small = { instanceTypes: ["t4g.small"] };

/** Three zones, one of which may be lost, and instances of four tasks. */
function production(
  scaling: ConfigOverrides["scaling"],
  capacity: ConfigOverrides["capacity"],
): ConfigOverrides {
  return {
    network: { availabilityZones: 3, natGateways: "OnePerAz", surviveZoneLoss: true },
    container: { taskCpu: 512, taskMemoryMiB: 1024 },
    scaling: { minTasks: 3, maxTasks: 20, ...scaling },
    capacity: { instanceTypes: ["m7g.large"], targetCapacityPercent: 90, ...capacity },
  };
}

describe("checkInstanceBounds", () => {
  it("refuses a maximum below the tasks of a deployment, with the arithmetic", () => {
    const scaling = { maxTasks: 40 };
    const container = { taskMemoryMiB: 499 };
    assert.deepEqual(
      planFaults({ scaling, container, capacity: { ...small, maxInstances: 27 } }),
      [],
    );
    assert.deepEqual(planFaults({ scaling, container, capacity: { ...small, maxInstances: 26 } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:maxInstances: got 26, but maxTasks 40 during a deployment is 80 tasks on 27 instances of t4g.small (3 each); raise maxInstances to 27, set it to 0 to derive it, or lower maxTasks to 39",
    ]);
  });

  it("names the spare share that a maximum has to hold too", () => {
    assert.deepEqual(planFaults(production({}, { maxInstances: 12 })), []);
    assert.deepEqual(planFaults(production({}, { maxInstances: 11 })), [
      "Pulumi.dev.yaml: ecs-on-ec2:maxInstances: got 11, but maxTasks 20 during a deployment is 40 tasks on 12 instances of m7g.large (4 each at targetCapacityPercent 90); raise maxInstances to 12, set it to 0 to derive it, or lower maxTasks to 18",
    ]);
  });

  it("advises fewer tasks only where minTasks leaves them", () => {
    assert.deepEqual(
      planFaults({
        scaling: { minTasks: 4, maxTasks: 4 },
        capacity: { ...small, maxInstances: 3 },
      }),
      [
        "Pulumi.dev.yaml: ecs-on-ec2:maxInstances: got 3, but maxTasks 4 during a deployment is 8 tasks on 4 instances of t4g.small (2 each); raise maxInstances to 4, set it to 0 to derive it, or lower deploymentMaximumPercent",
      ],
    );
    assert.deepEqual(
      planFaults({
        scaling: { minTasks: 3, maxTasks: 4 },
        capacity: { ...small, maxInstances: 3 },
      }),
      [
        "Pulumi.dev.yaml: ecs-on-ec2:maxInstances: got 3, but maxTasks 4 during a deployment is 8 tasks on 4 instances of t4g.small (2 each); raise maxInstances to 4, set it to 0 to derive it, or lower maxTasks to 3",
      ],
    );
  });

  it("refuses a minimum below minTasks", () => {
    const scaling = { minTasks: 3 };
    assert.deepEqual(planFaults({ scaling, capacity: { ...small, minInstances: 2 } }), []);
    assert.deepEqual(planFaults({ scaling, capacity: { ...small, minInstances: 1 } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:minInstances: got 1, but minTasks 3 needs 2 instances of t4g.small (2 each), by minTasks at the target capacity; raise minInstances to 2, or set it to 0 to derive it",
    ]);
  });

  it("refuses a minimum that does not survive the loss of a zone", () => {
    assert.deepEqual(planFaults(production({}, { minInstances: 3 })), []);
    assert.deepEqual(planFaults(production({}, { minInstances: 2 })), [
      "Pulumi.dev.yaml: ecs-on-ec2:minInstances: got 2, but minTasks 3 needs 3 instances of m7g.large (4 each at targetCapacityPercent 90), by one instance a zone; raise minInstances to 3, or set it to 0 to derive it",
    ]);
    assert.deepEqual(planFaults(production({ minTasks: 9 }, { minInstances: 5 })), []);
    assert.deepEqual(planFaults(production({ minTasks: 9 }, { minInstances: 4 })), [
      "Pulumi.dev.yaml: ecs-on-ec2:minInstances: got 4, but minTasks 9 needs 5 instances of m7g.large (4 each at targetCapacityPercent 90), by minTasks after the loss of a zone; raise minInstances to 5, or set it to 0 to derive it",
    ]);
  });

  it("refuses a minimum above the maximum, whoever set it", () => {
    assert.deepEqual(planFaults({ capacity: { ...small, minInstances: 5, maxInstances: 4 } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:maxInstances: got 4, but minInstances is 5 (configured); raise maxInstances to 5 or more, or set it to 0 to derive it",
    ]);
    assert.deepEqual(planFaults(production({ minTasks: 2, maxTasks: 2 }, { maxInstances: 2 })), [
      "Pulumi.dev.yaml: ecs-on-ec2:maxInstances: got 2, but minInstances is 3 (one instance a zone); raise maxInstances to 3 or more, or set it to 0 to derive it",
    ]);
  });

  it("refuses a step larger than the group can grow, but lets a fixed group have one", () => {
    assert.deepEqual(planFaults({ capacity: { ...small, maxScalingStep: 3 } }), []);
    assert.deepEqual(planFaults({ capacity: { ...small, maxScalingStep: 4 } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:maxScalingStep: got 4, but the group grows by 3 instances at most, from 1 to 4; lower maxScalingStep to 3, set it to 0 to derive it, or raise maxTasks or maxInstances",
    ]);
    const fixed = { minTasks: 1, maxTasks: 1 };
    assert.deepEqual(planFaults({ scaling: fixed, capacity: { ...small, maxScalingStep: 1 } }), []);
    assert.deepEqual(planFaults({ scaling: fixed, capacity: { ...small, maxScalingStep: 2 } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:maxScalingStep: got 2, but the group grows by 0 instances at most, from 1 to 1; lower maxScalingStep to 1, set it to 0 to derive it, or raise maxTasks or maxInstances",
    ]);
  });

  it("asks nothing of a step that is derived", () => {
    const capacity = { ...small, maxScalingStep: undefined };
    assert.deepEqual(planFaults({ scaling: { minTasks: 1, maxTasks: 1 }, capacity }), []);
    assert.deepEqual(planFaults({ capacity: { ...capacity, instanceTypes: ["m7g.large"] } }), []);
  });

  it("refuses an On-Demand base above the maximum", () => {
    assert.deepEqual(planFaults({ capacity: { ...small, onDemandBase: 4 } }), []);
    assert.deepEqual(planFaults({ capacity: { ...small, onDemandBase: 5 } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:onDemandBase: got 5, but the group has 4 instances at most (the deployment's surge); lower onDemandBase to 4, or raise maxTasks or maxInstances",
    ]);
  });

  it("refuses more tasks than a target group takes", () => {
    assert.deepEqual(planFaults({ scaling: { maxTasks: 500 } }), []);
    assert.deepEqual(planFaults({ scaling: { maxTasks: 501 } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:maxTasks: got 501, but at deploymentMaximumPercent 200 that is 1002 tasks during a deployment and a target group takes 1000 targets; lower maxTasks to 500, or lower deploymentMaximumPercent",
    ]);
  });
});
