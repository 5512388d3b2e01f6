import type { Load } from "../../capacity/simulate/load";
import { seededRandom } from "../../capacity/simulate/random";
import type { ScalingModel } from "../../capacity/simulate/scaling-model";

/** A run to time: a service that swings between a tenth of its tasks and all of them each day. */
export interface DailyCase {
  readonly days: number;
  /** Instances at the peak, ten tasks on each. */
  readonly instances: number;
}

const TASKS_PER_INSTANCE = 10;
const TASK_REQUESTS_PER_SECOND = 25;
const TARGET_PERCENT = 50;
const STEP_SECONDS = 10;
const DAY_SECONDS = 86_400;

/** The model of a case: its maximum is just what the peak asks for. */
export function dailyModel({ instances }: DailyCase): ScalingModel {
  const maxTasks = TASKS_PER_INSTANCE * instances;
  const cooldowns = { scaleOutCooldownSeconds: 60, scaleInCooldownSeconds: 300 };
  const policy = { ...cooldowns, scaleInDisabled: false, periodSeconds: 60 } as const;
  return {
    service: {
      task: { cpuUnits: 256, memoryMiB: 700, networkMode: "bridge", ports: 1 },
      minTasks: Math.ceil(maxTasks / 10),
      maxTasks,
      desiredTasks: Math.ceil(maxTasks / 5),
      policies: [
        { ...policy, metric: "cpu", target: TARGET_PERCENT },
        { ...policy, metric: "requestsPerTarget", target: 30 * TASK_REQUESTS_PER_SECOND },
      ],
      scheduled: [],
      placement: [
        { type: "spread", field: "availabilityZone" },
        { type: "binpack", field: "memory" },
      ],
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
    },
    group: {
      instanceTypes: ["c5.xlarge"],
      minInstances: Math.ceil(instances / 10),
      maxInstances: instances,
      desiredInstances: Math.ceil(instances / 5),
      availabilityZones: 3,
      onDemandBase: 0,
      onDemandPercentageAboveBase: 100,
      reservedMemoryMiB: 0,
    },
    capacityProvider: {
      managedScaling: true,
      targetCapacityPercent: 100,
      minimumScalingStep: 1,
      maximumScalingStep: 10_000,
      instanceWarmupSeconds: 120,
      managedTerminationProtection: true,
      managedDraining: true,
    },
    loadBalancer: {
      healthCheckIntervalSeconds: 10,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      deregistrationDelaySeconds: 30,
      slowStartSeconds: 0,
    },
    workload: {
      cpuMillisecondsPerRequest: 10,
      waitMillisecondsPerRequest: 20,
      maxQueueSeconds: 10,
      objectiveMilliseconds: 500,
      objectiveShare: 0.01,
    },
    timing: {
      instanceReadySeconds: 90,
      instanceReadyJitterSeconds: 20,
      imagePullSeconds: 20,
      applicationStartSeconds: 15,
      shutdownSeconds: 5,
      metricLagSeconds: { 20: 15, 60: 120 },
    },
  };
}

/** Days that rise and fall by a sine, with noise in every step so that no two steps are alike. */
export function dailyLoad({ days, instances }: DailyCase): Load {
  const peak = (TASKS_PER_INSTANCE * instances * TASK_REQUESTS_PER_SECOND * TARGET_PERCENT) / 100;
  const random = seededRandom(7);
  const requests = Float64Array.from({ length: (days * DAY_SECONDS) / STEP_SECONDS }, (_, step) => {
    const turn = (2 * Math.PI * step * STEP_SECONDS) / DAY_SECONDS;
    const rate = peak * (0.55 - 0.45 * Math.cos(turn)) * (0.97 + 0.06 * random());
    return rate * STEP_SECONDS;
  });
  return {
    name: "daily",
    startsAt: Date.UTC(2026, 0, 1) / 1000,
    stepSeconds: STEP_SECONDS,
    requests,
  };
}
