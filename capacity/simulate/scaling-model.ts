import type { TaskDemand } from "../fit";

/**
 * Everything that decides how one service on one group of instances scales. It is plain data: a stack's plan
 * becomes one, a named preset is one, and the search for better settings makes new ones.
 */
export interface ScalingModel {
  readonly service: ServiceModel;
  readonly group: GroupModel;
  readonly capacityProvider: CapacityProviderModel;
  readonly loadBalancer: LoadBalancerModel;
  /** What a request asks of a task: the one thing that a stack's configuration does not say. */
  readonly workload: WorkloadModel;
  /** Delays of AWS and of the container that no setting decides. */
  readonly timing: TimingModel;
}

export interface ServiceModel {
  readonly task: TaskDemand;
  readonly minTasks: number;
  readonly maxTasks: number;
  /** Tasks that run when the simulation begins. */
  readonly desiredTasks: number;
  /** In no particular order: the largest proposal wins. Empty for a service that does not scale. */
  readonly policies: readonly TargetTrackingPolicy[];
  readonly scheduled: readonly ScheduledActionModel[];
  readonly placement: readonly PlacementRule[];
  readonly deploymentMinimumHealthyPercent: number;
  readonly deploymentMaximumPercent: number;
}

/** Target tracking of Application Auto Scaling, as the API spells its numbers. */
export interface TargetTrackingPolicy {
  readonly metric: "cpu" | "requestsPerTarget";
  /** Percent of the reserved CPU, or requests a minute and target. */
  readonly target: number;
  readonly scaleOutCooldownSeconds: number;
  readonly scaleInCooldownSeconds: number;
  readonly scaleInDisabled: boolean;
  /** 60 s, or 20 s for a high-resolution metric, which requestsPerTarget does not have. */
  readonly periodSeconds: 20 | 60;
}

export interface ScheduledActionModel {
  readonly name: string;
  /** `cron(…)`, `rate(…)` or `at(…)` as Application Auto Scaling reads it. */
  readonly schedule: string;
  /** IANA name of the time zone. */
  readonly timezone: string;
  readonly minTasks: number;
  readonly maxTasks: number;
}

export type PlacementRule =
  | { readonly type: "spread"; readonly field: "availabilityZone" | "instance" }
  | { readonly type: "binpack"; readonly field: "cpu" | "memory" }
  | { readonly type: "random" };

export interface GroupModel {
  /** In order of preference; the first is launched as long as nothing forbids it. */
  readonly instanceTypes: readonly [string, ...string[]];
  readonly minInstances: number;
  readonly maxInstances: number;
  /** Instances that run when the simulation begins. */
  readonly desiredInstances: number;
  readonly availabilityZones: number;
  readonly onDemandBase: number;
  readonly onDemandPercentageAboveBase: number;
  readonly reservedMemoryMiB: number;
}

/** Managed scaling of a capacity provider. */
export interface CapacityProviderModel {
  /** False for a group that nothing scales: its size stays. */
  readonly managedScaling: boolean;
  readonly targetCapacityPercent: number;
  readonly minimumScalingStep: number;
  readonly maximumScalingStep: number;
  readonly instanceWarmupSeconds: number;
  readonly managedTerminationProtection: boolean;
  readonly managedDraining: boolean;
}

export interface LoadBalancerModel {
  readonly healthCheckIntervalSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  readonly deregistrationDelaySeconds: number;
  /** 0 for none. */
  readonly slowStartSeconds: number;
}

export interface WorkloadModel {
  /** CPU time that one request takes, in milliseconds of one vCPU. */
  readonly cpuMillisecondsPerRequest: number;
  /** Time that a request spends waiting for others (databases, networks) besides its CPU time. */
  readonly waitMillisecondsPerRequest: number;
  /** Longest time that a request waits for a task before it counts as lost (queue full, client gone, 503). */
  readonly maxQueueSeconds: number;
  /** A request slower than this, or lost, misses the service level objective. */
  readonly objectiveMilliseconds: number;
  /** Share of a minute's requests that may miss the objective before the minute counts as missed. */
  readonly objectiveShare: number;
}

export interface TimingModel {
  /** Launch of an instance to its registration with the cluster. */
  readonly instanceReadySeconds: number;
  /** Longest deviation from instanceReadySeconds, drawn from the seed. */
  readonly instanceReadyJitterSeconds: number;
  /** First pull of the image on an instance; later tasks there have it. */
  readonly imagePullSeconds: number;
  /** Start of the container to its first good answer. */
  readonly applicationStartSeconds: number;
  /** SIGTERM to the end of the container. */
  readonly shutdownSeconds: number;
  /** End of a period to the datapoint that alarms see, by the period. */
  readonly metricLagSeconds: { readonly 20: number; readonly 60: number };
}
