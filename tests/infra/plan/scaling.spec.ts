import assert from "node:assert/strict";
import type { ScheduledBounds } from "../../../infra/plan/stack-plan";
import { aStackPlan, planFaults } from "../../support/stack-plans";

function schedule(overrides: Partial<ScheduledBounds> = {}): ScheduledBounds {
  return {
    name: "night",
    schedule: "cron(0 22 * * ? *)",
    timezone: "Europe/Berlin",
    minTasks: 0,
    maxTasks: 4,
    ...overrides,
  };
}

describe("planScaling", () => {
  it("plans bounds, targets and schedules", () => {
    const night = schedule();
    assert.deepEqual(aStackPlan({ scaling: { scheduledScaling: [night] } }).scaling, {
      minTasks: 1,
      maxTasks: 4,
      cpuTargetPercent: 60,
      requestsPerTarget: 1000,
      scaleOutCooldownSeconds: 60,
      scaleInCooldownSeconds: 300,
      scheduled: [night],
    });
  });

  it("refuses a minimum above the maximum", () => {
    assert.deepEqual(planFaults({ scaling: { minTasks: 4 } }), []);
    assert.deepEqual(planFaults({ scaling: { minTasks: 5 } }), [
      "Pulumi.dev.yaml: ecs-on-ec2:minTasks: got 5, but maxTasks is 4; lower minTasks to 4 or raise maxTasks to 5",
    ]);
  });

  it("refuses desired tasks outside the bounds", () => {
    const scaling = { minTasks: 2, maxTasks: 4 };
    const remedy = "choose a number from minTasks to maxTasks, or 0 for minTasks";
    for (const desiredTasks of [2, 4, undefined]) {
      assert.deepEqual(planFaults({ scaling: { ...scaling, desiredTasks } }), []);
    }
    for (const desiredTasks of [1, 5]) {
      assert.deepEqual(planFaults({ scaling: { ...scaling, desiredTasks } }), [
        `Pulumi.dev.yaml: ecs-on-ec2:desiredTasks: got ${desiredTasks}, but minTasks is 2 and maxTasks is 4; ${remedy}`,
      ]);
    }
  });

  it("refuses schedules outside the bounds or with one name", () => {
    const plan = (...scheduledScaling: ScheduledBounds[]) =>
      planFaults({ scaling: { scheduledScaling } });
    assert.deepEqual(
      plan(schedule({ minTasks: 4 }), schedule({ name: "day", minTasks: 0, maxTasks: 0 })),
      [],
    );
    assert.deepEqual(plan(schedule({ minTasks: 3, maxTasks: 2 })), [
      "Pulumi.dev.yaml: ecs-on-ec2:scheduledScaling[0].minTasks: got 3, but scheduledScaling[0].maxTasks is 2; lower the one to 2 or raise the other to 3",
    ]);
    assert.deepEqual(plan(schedule({ maxTasks: 5 })), [
      "Pulumi.dev.yaml: ecs-on-ec2:scheduledScaling[0].maxTasks: got 5, but maxTasks, which the instances are sized for, is 4; lower it to 4 or raise maxTasks to 5",
    ]);
    assert.deepEqual(plan(schedule(), schedule({ name: "day" }), schedule()), [
      'Pulumi.dev.yaml: ecs-on-ec2:scheduledScaling[2].name: got "night", but scheduledScaling[0] has the same name; give every schedule a name of its own',
    ]);
  });

  it("keeps tasks in two zones where the loss of one is survived, also by schedule", () => {
    const network = { surviveZoneLoss: true, natGateways: "OnePerAz" } as const;
    const plan = (minTasks: number, scheduled: number) =>
      planFaults({
        network,
        scaling: { minTasks, scheduledScaling: [schedule({ minTasks: scheduled })] },
      });
    assert.deepEqual(plan(2, 2), []);
    assert.deepEqual(plan(1, 1), [
      "Pulumi.dev.yaml: ecs-on-ec2:minTasks: got 1, but surviveZoneLoss needs tasks in two zones, at least 2; raise minTasks to 2 or more",
      "Pulumi.dev.yaml: ecs-on-ec2:scheduledScaling[0].minTasks: got 1, but surviveZoneLoss needs tasks in two zones, at least 2; raise it to 2 or more, or set surviveZoneLoss to false",
    ]);
  });
});
