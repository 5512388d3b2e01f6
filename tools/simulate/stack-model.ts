import type {
  PlacementRule,
  ScalingModel,
  TimingModel,
  WorkloadModel,
} from "../../capacity/simulate/scaling-model";
import type { ServicePlan, StackPlan } from "../../infra/plan/stack-plan";

/** What a stack does not say of its requests and of the world, where it is known better. */
export interface ModelOverrides {
  readonly workload?: Partial<WorkloadModel>;
  readonly timing?: Partial<TimingModel>;
}

/** Longest wait of a request for a task before client or load balancer give up. */
const MAX_QUEUE_SECONDS = 10;

/** One of a hundred requests may be late: the objective is a p99. */
const OBJECTIVE_SHARE = 0.01;

/** Longest stop that is counted with; an application that closes its connections stops long before. */
const SHUTDOWN_SECONDS = 30;

/**
 * How a planned stack scales. What a request costs follows from the stack's own two targets, which say the same of
 * one task: at `requestsPerTarget` requests a minute it uses `cpuTargetPercent` of its CPU.
 */
export function modelOf(plan: StackPlan, overrides: ModelOverrides = {}): ScalingModel {
  const { service, scaling, capacity, network, loadBalancer, observability } = plan;
  const { healthCheck, deregistrationDelaySeconds } = loadBalancer.target;
  const cooldowns = {
    scaleOutCooldownSeconds: scaling.scaleOutCooldownSeconds,
    scaleInCooldownSeconds: scaling.scaleInCooldownSeconds,
    scaleInDisabled: false,
    periodSeconds: 60,
  } as const;
  const [firstType, ...otherTypes] = capacity.instanceTypes;
  if (firstType === undefined) throw new RangeError("a plan without an instance type");
  return {
    service: {
      task: {
        cpuUnits: service.taskCpu,
        memoryMiB: service.taskMemoryMiB,
        networkMode: service.networkMode,
        ports: service.container.portMappings.length,
      },
      minTasks: scaling.minTasks,
      maxTasks: scaling.maxTasks,
      desiredTasks: service.desiredTasks,
      policies: [
        { metric: "cpu", target: scaling.cpuTargetPercent, ...cooldowns },
        { metric: "requestsPerTarget", target: scaling.requestsPerTarget, ...cooldowns },
      ],
      scheduled: scaling.scheduled,
      placement: placementOf(service),
      deploymentMinimumHealthyPercent: service.deploymentMinimumHealthyPercent,
      deploymentMaximumPercent: service.deploymentMaximumPercent,
    },
    group: {
      instanceTypes: [firstType, ...otherTypes],
      minInstances: capacity.minInstances,
      maxInstances: capacity.maxInstances,
      desiredInstances: capacity.minInstances,
      availabilityZones: network.availabilityZones,
      onDemandBase: capacity.onDemandBase,
      onDemandPercentageAboveBase: capacity.onDemandPercentageAboveBase,
      reservedMemoryMiB: capacity.reservedMemoryMiB,
    },
    capacityProvider: {
      managedScaling: true,
      targetCapacityPercent: capacity.targetCapacityPercent,
      minimumScalingStep: 1,
      maximumScalingStep: capacity.maxScalingStep,
      instanceWarmupSeconds: capacity.instanceWarmupSeconds,
      managedTerminationProtection: true,
      managedDraining: true,
    },
    loadBalancer: {
      healthCheckIntervalSeconds: healthCheck.intervalSeconds,
      healthyThreshold: healthCheck.healthyThreshold,
      unhealthyThreshold: healthCheck.unhealthyThreshold,
      deregistrationDelaySeconds,
      slowStartSeconds: 0,
    },
    workload: {
      cpuMillisecondsPerRequest: cpuMillisecondsAtTargets(plan),
      waitMillisecondsPerRequest: 0,
      maxQueueSeconds: MAX_QUEUE_SECONDS,
      objectiveMilliseconds: observability.latencyAlarmMilliseconds,
      objectiveShare: OBJECTIVE_SHARE,
      ...overrides.workload,
    },
    timing: {
      ...usualTiming,
      shutdownSeconds: Math.min(SHUTDOWN_SECONDS, service.container.stopTimeout),
      ...overrides.timing,
    },
  };
}

/**
 * Delays that no setting decides. An instance is with its cluster after 45 to 180 s, mostly about 90; datapoints of
 * 60 s and 20 s reach their alarms so late that a rise is noticed after 363 s and 86 s, as AWS measured.
 */
export const usualTiming: Omit<TimingModel, "shutdownSeconds"> = {
  instanceReadySeconds: 90,
  instanceReadyJitterSeconds: 15,
  imagePullSeconds: 20,
  applicationStartSeconds: 15,
  metricLagSeconds: { 20: 15, 60: 120 },
};

/** `cpuTargetPercent` of a minute of the task's CPU, shared by `requestsPerTarget` requests. */
function cpuMillisecondsAtTargets({ scaling, service }: StackPlan): number {
  const minuteOfCpu = (service.taskCpu / 1024) * 60_000;
  return ((scaling.cpuTargetPercent / 100) * minuteOfCpu) / scaling.requestsPerTarget;
}

const PLACEMENT_FIELDS: Readonly<Record<string, PlacementRule>> = {
  "spread attribute:ecs.availability-zone": { type: "spread", field: "availabilityZone" },
  "spread instanceId": { type: "spread", field: "instance" },
  "spread host": { type: "spread", field: "instance" },
  "binpack cpu": { type: "binpack", field: "cpu" },
  "binpack memory": { type: "binpack", field: "memory" },
};

function placementOf({ placementStrategies }: ServicePlan): PlacementRule[] {
  return placementStrategies.map(({ type, field }) => {
    const rule = PLACEMENT_FIELDS[`${type} ${field}`];
    if (rule === undefined) throw new RangeError(`no model of placement by ${type} on ${field}`);
    return rule;
  });
}
