import type { Load } from "./load";
import type { ScalingModel } from "./scaling-model";

/** What befalls the stack during the load; seconds count from the load's start. */
export type SimulationEvent =
  | {
      readonly kind: "zoneLoss";
      readonly atSeconds: number;
      readonly forSeconds: number;
      readonly zone: number;
    }
  | { readonly kind: "spotInterruption"; readonly atSeconds: number; readonly share: number }
  | { readonly kind: "deployment"; readonly atSeconds: number };

export interface SimulationOptions {
  /** Same model, load, events and seed: same run to the last bit. */
  readonly seed: number;
  /** Length of a step of the simulation, 1 to 60. */
  readonly tickSeconds: number;
  readonly events: readonly SimulationEvent[];
  /** Called about every hundredth of the run with the share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** What limits the service at a moment. */
export type Binding =
  | "nothing"
  /** More tasks are wanted and the alarms, cooldowns or metrics have not let them through yet. */
  | "detection"
  /** Tasks wait for instances that start or warm up. */
  | "instances"
  /** Tasks are starting or not yet healthy. */
  | "taskStart"
  | "maxTasks"
  | "maxInstances"
  /** The task fits no instance, or a quota is reached. */
  | "placement";

/** Figures by sample; every array has one entry a sample. */
export interface Series {
  readonly sampleSeconds: number;
  readonly requestsPerSecond: Float64Array;
  readonly unmetPerSecond: Float64Array;
  /** Of the requests answered in the sample; 0 where there was none. */
  readonly p50Milliseconds: Float64Array;
  readonly p99Milliseconds: Float64Array;
  readonly cpuPercent: Float64Array;
  readonly desiredTasks: Float64Array;
  readonly healthyTasks: Float64Array;
  /** Tasks without an instance. */
  readonly provisioningTasks: Float64Array;
  /** Least healthy tasks that would keep the objective. */
  readonly demandedTasks: Float64Array;
  /** All that exist: those that boot and those that drain too. */
  readonly instances: Float64Array;
  readonly registeredInstances: Float64Array;
  readonly desiredInstances: Float64Array;
  /** Least instances that hold the demanded tasks. */
  readonly demandedInstances: Float64Array;
  readonly emptyInstances: Float64Array;
  /** One a sample. */
  readonly binding: readonly Binding[];
}

/** Something that happened, for the log of a run. */
export interface ScalingAction {
  readonly atSeconds: number;
  readonly level: "tasks" | "instances" | "event";
  readonly from: number;
  readonly to: number;
  /** In words, for a person: `cpu 83 % above 50 %`, `reservation 133 % above 90 %`, `minTasks by schedule morning`. */
  readonly reason: string;
}

/** Herbst's and Ilyushkin's measures, in percent; 0 is perfect. */
export interface Elasticity {
  readonly underProvisioningAccuracy: number;
  readonly overProvisioningAccuracy: number;
  readonly underProvisioningTimeshare: number;
  readonly overProvisioningTimeshare: number;
  readonly instability: number;
}

export interface SimulationSummary {
  readonly seconds: number;
  readonly requests: number;
  readonly served: number;
  /** Lost: waited longer than the workload allows. served + unmet + left in the queue = requests. */
  readonly unmet: number;
  readonly leftInQueue: number;
  /** Weighted by requests. */
  readonly p50Milliseconds: number;
  readonly p95Milliseconds: number;
  readonly p99Milliseconds: number;
  /** Whole minutes in which more than the allowed share of requests missed the objective. */
  readonly missedMinutes: number;
  readonly missedRequests: number;
  /** Longest run of missed minutes. */
  readonly longestMissMinutes: number;
  readonly peakTasks: number;
  readonly peakInstances: number;
  readonly longestProvisioningSeconds: number;
  /** Of tasks that hold a place on an instance. */
  readonly taskSeconds: number;
  readonly instanceSeconds: readonly {
    readonly instanceType: string;
    readonly market: "onDemand" | "spot";
    readonly seconds: number;
    /** That were there from the begin or launched since. */
    readonly instances: number;
  }[];
  readonly emptyInstanceSeconds: number;
  readonly actions: { readonly tasks: number; readonly instances: number; readonly flaps: number };
  readonly tasks: Elasticity;
  readonly instances: Elasticity;
  /** Seconds by what was binding while the objective was missed, and `nothing` for the rest. */
  readonly bindingSeconds: Readonly<Record<Binding, number>>;
}

export interface Simulation {
  readonly model: ScalingModel;
  readonly load: Load;
  readonly options: Omit<SimulationOptions, "onProgress">;
  readonly series: Series;
  readonly actions: readonly ScalingAction[];
  readonly summary: SimulationSummary;
}
