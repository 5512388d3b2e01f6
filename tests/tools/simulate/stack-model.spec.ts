import assert from "node:assert/strict";
import type { ResourceGraph } from "../../../tools/preview/graph";
import { modelOf, usualTiming } from "../../../tools/simulate/stack-model";
import { readStackPlan } from "../../../tools/simulate/stack-plan";
import { aStackPlan } from "../../support/stack-plans";
import { recorded } from "../../support/stacks";
import { shippedFiles } from "../../support/shipped-files";

describe("modelOf", () => {
  it("takes everything from the plan", () => {
    const scheduled = [
      {
        name: "morning",
        schedule: "cron(0 7 * * ? *)",
        timezone: "Europe/Berlin",
        minTasks: 3,
        maxTasks: 4,
      },
    ];
    const model = modelOf(
      aStackPlan(
        {
          scaling: { minTasks: 2, desiredTasks: 3, scheduledScaling: scheduled },
          capacity: { onDemandBase: 1, onDemandPercentageAboveBase: 25, targetCapacityPercent: 90 },
          service: { networkMode: "awsvpc", deploymentMinimumHealthyPercent: 50 },
          observability: { latencyAlarmMilliseconds: 750 },
        },
        { stopTimeoutSeconds: 20 },
      ),
    );
    const cooldowns = {
      scaleOutCooldownSeconds: 60,
      scaleInCooldownSeconds: 300,
      scaleInDisabled: false,
      periodSeconds: 60,
    };

    assert.deepEqual(model.service, {
      task: { cpuUnits: 256, memoryMiB: 512, networkMode: "awsvpc", ports: 1 },
      minTasks: 2,
      maxTasks: 4,
      desiredTasks: 3,
      policies: [
        { metric: "cpu", target: 60, ...cooldowns },
        { metric: "requestsPerTarget", target: 1000, ...cooldowns },
      ],
      scheduled,
      placement: [
        { type: "spread", field: "availabilityZone" },
        { type: "binpack", field: "memory" },
      ],
      deploymentMinimumHealthyPercent: 50,
      deploymentMaximumPercent: 200,
    });
    assert.deepEqual(
      [model.group.instanceTypes, model.group.availabilityZones, model.group.reservedMemoryMiB],
      [["t4g.small", "t4g.medium"], 2, 256],
    );
    assert.deepEqual([model.group.onDemandBase, model.group.onDemandPercentageAboveBase], [1, 25]);
    assert.equal(model.capacityProvider.targetCapacityPercent, 90);
    assert.equal(model.workload.objectiveMilliseconds, 750);
    assert.deepEqual(model.timing, { ...usualTiming, shutdownSeconds: 20 });
  });

  it("knows what a request costs from the two targets", () => {
    const cpuMilliseconds = (
      taskCpu: number,
      cpuTargetPercent: number,
      requestsPerTarget: number,
    ) =>
      modelOf(
        aStackPlan({ scaling: { cpuTargetPercent, requestsPerTarget } }, { cpuUnits: taskCpu }),
      ).workload.cpuMillisecondsPerRequest.toFixed(6);

    // 60 % of a quarter vCPU for a minute are 9 s of CPU, for 1000 requests.
    assert.equal(cpuMilliseconds(256, 60, 1000), "9.000000");
    assert.equal(cpuMilliseconds(512, 60, 1000), "18.000000");
    assert.equal(cpuMilliseconds(512, 50, 600), "25.000000");
  });

  it("lets the caller know requests and delays better", () => {
    const { workload, timing } = modelOf(aStackPlan(), {
      workload: { cpuMillisecondsPerRequest: 3, waitMillisecondsPerRequest: 40 },
      timing: { instanceReadySeconds: 45 },
    });

    assert.deepEqual(workload, {
      cpuMillisecondsPerRequest: 3,
      waitMillisecondsPerRequest: 40,
      maxQueueSeconds: 10,
      objectiveMilliseconds: 1000,
      objectiveShare: 0.01,
    });
    assert.deepEqual(timing, { ...usualTiming, shutdownSeconds: 30, instanceReadySeconds: 45 });
  });

  it("refuses a placement that the model does not have", () => {
    const plan = aStackPlan();
    const placementStrategies = [{ type: "spread", field: "attribute:rack" }] as const;

    assert.throws(() => modelOf({ ...plan, service: { ...plan.service, placementStrategies } }), {
      message: "no model of placement by spread on attribute:rack",
    });
  });

  it("agrees with what the program declares for prod", async () => {
    const [graph, plan] = await Promise.all([
      recorded("prod"),
      readStackPlan(shippedFiles("prod")),
    ]);
    const { service, group, capacityProvider, loadBalancer } = modelOf(plan);
    const asg = inputs(graph, "aws:autoscaling/group:Group");
    const { managedScaling, ...provider } = inputs(
      graph,
      "aws:ecs/capacityProvider:CapacityProvider",
    )["autoScalingGroupProvider"] as { managedScaling: Record<string, unknown> } & Record<
      string,
      unknown
    >;
    const target = inputs(graph, "aws:lb/targetGroup:TargetGroup");
    const declared = inputs(graph, "aws:ecs/service:Service");
    const scalable = inputs(graph, "aws:appautoscaling/target:Target");
    const onOff = (value: boolean) => (value ? "ENABLED" : "DISABLED");

    assert.deepEqual(
      [asg["minSize"], asg["maxSize"], asg["desiredCapacity"]],
      [group.minInstances, group.maxInstances, group.desiredInstances],
    );
    assert.deepEqual(managedScaling, {
      status: onOff(capacityProvider.managedScaling),
      targetCapacity: capacityProvider.targetCapacityPercent,
      minimumScalingStepSize: capacityProvider.minimumScalingStep,
      maximumScalingStepSize: capacityProvider.maximumScalingStep,
      instanceWarmupPeriod: capacityProvider.instanceWarmupSeconds,
    });
    assert.deepEqual(
      [provider["managedDraining"], provider["managedTerminationProtection"]],
      [capacityProvider.managedDraining, capacityProvider.managedTerminationProtection].map(onOff),
    );
    const health = target["healthCheck"] as Record<string, unknown>;
    assert.deepEqual(
      [health["interval"], health["healthyThreshold"], health["unhealthyThreshold"]],
      [
        loadBalancer.healthCheckIntervalSeconds,
        loadBalancer.healthyThreshold,
        loadBalancer.unhealthyThreshold,
      ],
    );
    assert.equal(Number(target["deregistrationDelay"]), loadBalancer.deregistrationDelaySeconds);
    assert.equal(target["slowStart"] ?? 0, loadBalancer.slowStartSeconds);
    assert.deepEqual(
      [declared["desiredCount"], scalable["minCapacity"], scalable["maxCapacity"]],
      [service.desiredTasks, service.minTasks, service.maxTasks],
    );
    assert.deepEqual(
      trackedTargets(graph),
      service.policies.map(({ target, scaleOutCooldownSeconds, scaleInCooldownSeconds }) => ({
        target,
        scaleOutCooldownSeconds,
        scaleInCooldownSeconds,
      })),
    );
  });
});

function inputs(graph: ResourceGraph, type: string): Record<string, unknown> {
  const found = graph.resources.filter((resource) => resource.type === type);
  assert.equal(found.length, 1, type);
  return found[0]!.inputs;
}

/** Targets and cooldowns of the service's policies, CPU first. */
function trackedTargets(graph: ResourceGraph): unknown[] {
  return graph.resources
    .filter(({ type }) => type === "aws:appautoscaling/policy:Policy")
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ inputs }) => {
      const tracking = inputs["targetTrackingScalingPolicyConfiguration"] as Record<
        string,
        unknown
      >;
      return {
        target: tracking["targetValue"],
        scaleOutCooldownSeconds: tracking["scaleOutCooldown"],
        scaleInCooldownSeconds: tracking["scaleInCooldown"],
      };
    });
}
