import type { Load } from "../../../capacity/simulate/load";
import type {
  CapacityProviderModel,
  GroupModel,
  LoadBalancerModel,
  ScalingModel,
  ServiceModel,
  TargetTrackingPolicy,
  TimingModel,
  WorkloadModel,
} from "../../../capacity/simulate/scaling-model";
import { simulate } from "../../../capacity/simulate/simulate";
import type { Simulation, SimulationOptions } from "../../../capacity/simulate/simulation";

/** Parts of a model that differ from aModel()'s own. */
export interface ModelChanges {
  readonly service?: Partial<ServiceModel>;
  readonly group?: Partial<GroupModel>;
  readonly capacityProvider?: Partial<CapacityProviderModel>;
  readonly loadBalancer?: Partial<LoadBalancerModel>;
  readonly workload?: Partial<WorkloadModel>;
  readonly timing?: Partial<TimingModel>;
}

/** A CPU policy at 70 % with AWS's cooldowns. */
export function aPolicy(changes: Partial<TargetTrackingPolicy> = {}): TargetTrackingPolicy {
  return {
    metric: "cpu",
    target: 70,
    scaleOutCooldownSeconds: 300,
    scaleInCooldownSeconds: 300,
    scaleInDisabled: false,
    periodSeconds: 60,
    ...changes,
  };
}

/**
 * Tasks of a quarter vCPU that answer 25 requests a second each; 7 of them fit a c5.large by CPU if memory
 * allows, so that 3 by memory are the rule here.
 */
export function aModel(changes: ModelChanges = {}): ScalingModel {
  return {
    service: {
      task: { cpuUnits: 256, memoryMiB: 1024, networkMode: "bridge", ports: 1 },
      minTasks: 2,
      maxTasks: 60,
      desiredTasks: 4,
      policies: [aPolicy()],
      scheduled: [],
      placement: [
        { type: "spread", field: "availabilityZone" },
        { type: "binpack", field: "memory" },
      ],
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      ...changes.service,
    },
    group: {
      instanceTypes: ["c5.large"],
      minInstances: 1,
      maxInstances: 30,
      desiredInstances: 2,
      availabilityZones: 3,
      onDemandBase: 0,
      onDemandPercentageAboveBase: 100,
      reservedMemoryMiB: 0,
      ...changes.group,
    },
    capacityProvider: {
      managedScaling: true,
      targetCapacityPercent: 100,
      minimumScalingStep: 1,
      maximumScalingStep: 10_000,
      instanceWarmupSeconds: 300,
      managedTerminationProtection: true,
      managedDraining: true,
      ...changes.capacityProvider,
    },
    loadBalancer: {
      healthCheckIntervalSeconds: 10,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      deregistrationDelaySeconds: 30,
      slowStartSeconds: 0,
      ...changes.loadBalancer,
    },
    workload: {
      cpuMillisecondsPerRequest: 10,
      waitMillisecondsPerRequest: 20,
      maxQueueSeconds: 10,
      objectiveMilliseconds: 500,
      objectiveShare: 0.01,
      ...changes.workload,
    },
    timing: {
      instanceReadySeconds: 90,
      instanceReadyJitterSeconds: 0,
      imagePullSeconds: 20,
      applicationStartSeconds: 15,
      shutdownSeconds: 5,
      metricLagSeconds: { 20: 15, 60: 120 },
      ...changes.timing,
    },
  };
}

/** Every container there at once, every datapoint seen at once. */
export const NO_DELAYS: ModelChanges = {
  loadBalancer: {
    healthCheckIntervalSeconds: 0,
    deregistrationDelaySeconds: 0,
    slowStartSeconds: 0,
  },
  timing: {
    imagePullSeconds: 0,
    applicationStartSeconds: 0,
    shutdownSeconds: 0,
    metricLagSeconds: { 20: 0, 60: 0 },
  },
};

/** Thursday, 1 January 2026, 00:00 UTC. */
export const NEW_YEAR = Date.UTC(2026, 0, 1) / 1000;

/** A load of rates in requests a second, one a minute. */
export function aLoad(ratesByMinute: readonly number[], changes: Partial<Load> = {}): Load {
  return {
    name: "test",
    startsAt: NEW_YEAR,
    stepSeconds: 60,
    requests: Float64Array.from(ratesByMinute, (rate) => rate * 60),
    ...changes,
  };
}

/** So many minutes of a rate in requests a second. */
export function minutes(count: number, rate: number): number[] {
  return Array.from({ length: count }, () => rate);
}

export function run(
  model: ScalingModel,
  load: Load,
  options: Partial<SimulationOptions> = {},
): Simulation {
  return simulate(model, load, { seed: 1, tickSeconds: 10, events: [], ...options });
}
