import assert from "node:assert/strict";
import { ServiceScaling } from "../../../infra/components/service-scaling";
import type { ScheduledBounds } from "../../../infra/plan/stack-plan";
import { underMocks } from "../../support/program-under-mocks";
import { aStackPlan } from "../../support/stack-plans";

const NIGHT: ScheduledBounds = {
  name: "night",
  schedule: "cron(0 20 * * ? *)",
  timezone: "Europe/Berlin",
  minTasks: 0,
  maxTasks: 1,
};

const SCALABLE = {
  serviceNamespace: "ecs",
  scalableDimension: "ecs:service:DesiredCount",
  resourceId: "service/web-1/web-2",
};

const declare = (...scheduled: ScheduledBounds[]) =>
  underMocks(() => {
    const { resourceId } = new ServiceScaling("web", {
      plan: { ...aStackPlan().scaling, scheduled },
      clusterName: "web-1",
      serviceName: "web-2",
      loadBalancerArnSuffix: "app/web-3/abc",
      targetGroupArnSuffix: "targetgroup/web-target-4/def",
    });
    return { resourceId };
  });

describe("ServiceScaling", () => {
  it("is the bounds of the service and two policies", async () => {
    const { resources, outputs } = await declare();

    assert.deepEqual(resources.map(({ type, name }) => `${type} ${name}`).sort(), [
      "aws:appautoscaling/policy:Policy web-cpu",
      "aws:appautoscaling/policy:Policy web-requests",
      "aws:appautoscaling/target:Target web",
      "ecs-on-ec2:index:ServiceScaling web",
    ]);
    assert.equal(outputs["resourceId"], "service/web-1/web-2");
  });

  it("keeps the tasks between their bounds, which the program owns", async () => {
    const target = (await declare()).only("aws:appautoscaling/target:Target");

    assert.deepEqual(target.inputs, { ...SCALABLE, minCapacity: 1, maxCapacity: 4 });
    assert.deepEqual(target.ignoreChanges, []);
  });

  it("tracks CPU and requests a task, each with the cooldowns", async () => {
    const program = await declare();
    const common = { scaleOutCooldown: 60, scaleInCooldown: 300 };

    assert.deepEqual(program.named("aws:appautoscaling/policy:Policy", "web-cpu").inputs, {
      ...SCALABLE,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        ...common,
        targetValue: 60,
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
      },
    });
    assert.deepEqual(program.named("aws:appautoscaling/policy:Policy", "web-requests").inputs, {
      ...SCALABLE,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        ...common,
        targetValue: 1000,
        predefinedMetricSpecification: {
          predefinedMetricType: "ALBRequestCountPerTarget",
          resourceLabel: "app/web-3/abc/targetgroup/web-target-4/def",
        },
      },
    });
  });

  it("moves the bounds by schedule, and leaves them to it", async () => {
    const program = await declare(NIGHT, { ...NIGHT, name: "day", minTasks: 2, maxTasks: 4 });
    const night = program.named("aws:appautoscaling/scheduledAction:ScheduledAction", "web-night");

    assert.deepEqual(night.inputs, {
      ...SCALABLE,
      schedule: "cron(0 20 * * ? *)",
      timezone: "Europe/Berlin",
      scalableTargetAction: { minCapacity: 0, maxCapacity: 1 },
    });
    assert.deepEqual(
      program
        .ofType("aws:appautoscaling/scheduledAction:ScheduledAction")
        .map(({ name }) => name)
        .sort(),
      ["web-day", "web-night"],
    );
    assert.deepEqual(program.only("aws:appautoscaling/target:Target").ignoreChanges, [
      "minCapacity",
      "maxCapacity",
    ]);
  });

  it("takes policies and schedules away before the bounds", async () => {
    const program = await declare(NIGHT);
    const target = program.only("aws:appautoscaling/target:Target").urn;
    const dependents = program.resources.filter(({ type }) => /Policy|ScheduledAction/.test(type));

    assert.equal(dependents.length, 3);
    for (const { dependencies } of dependents) {
      assert.ok(dependencies.includes(target));
    }
  });
});
