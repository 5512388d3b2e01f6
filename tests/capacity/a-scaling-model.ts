import type { ScalingModel } from "../../capacity/simulate/scaling-model";

/** A service of half a vCPU on two to ten m7g.large in two zones, scaled on CPU. */
export function aScalingModel(overrides: Partial<ScalingModel> = {}): ScalingModel {
  return {
    service: {
      task: { cpuUnits: 512, memoryMiB: 1024, networkMode: "bridge", ports: 1 },
      minTasks: 2,
      maxTasks: 20,
      desiredTasks: 2,
      policies: [
        {
          metric: "cpu",
          target: 60,
          scaleOutCooldownSeconds: 60,
          scaleInCooldownSeconds: 300,
          scaleInDisabled: false,
          periodSeconds: 60,
        },
      ],
      scheduled: [
        {
          name: "morning",
          schedule: "cron(0 7 * * ? *)",
          timezone: "UTC",
          minTasks: 4,
          maxTasks: 20,
        },
      ],
      placement: [
        { type: "spread", field: "availabilityZone" },
        { type: "binpack", field: "memory" },
      ],
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
    },
    group: {
      instanceTypes: ["m7g.large", "m6g.large"],
      minInstances: 2,
      maxInstances: 10,
      desiredInstances: 2,
      availabilityZones: 2,
      onDemandBase: 2,
      onDemandPercentageAboveBase: 50,
      reservedMemoryMiB: 256,
    },
    capacityProvider: {
      managedScaling: true,
      targetCapacityPercent: 90,
      minimumScalingStep: 1,
      maximumScalingStep: 5,
      instanceWarmupSeconds: 60,
      managedTerminationProtection: true,
      managedDraining: true,
    },
    loadBalancer: {
      healthCheckIntervalSeconds: 10,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
      deregistrationDelaySeconds: 30,
      slowStartSeconds: 0,
    },
    workload: {
      cpuMillisecondsPerRequest: 18,
      waitMillisecondsPerRequest: 0,
      maxQueueSeconds: 10,
      objectiveMilliseconds: 1000,
      objectiveShare: 0.01,
    },
    timing: {
      instanceReadySeconds: 90,
      instanceReadyJitterSeconds: 15,
      imagePullSeconds: 20,
      applicationStartSeconds: 15,
      shutdownSeconds: 30,
      metricLagSeconds: { 20: 15, 60: 120 },
    },
    ...overrides,
  };
}
