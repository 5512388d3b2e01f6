import type { Series, SimulationSummary } from "../../capacity/simulate/simulation";

/** What a cost is made of. */
export interface PricedRun {
  readonly summary: SimulationSummary;
  readonly series: Series;
}

const NO_ELASTICITY = {
  underProvisioningAccuracy: 0,
  overProvisioningAccuracy: 0,
  underProvisioningTimeshare: 0,
  overProvisioningTimeshare: 0,
  instability: 0,
};

/** A run of so many seconds at one rate, of which the cost sees only the figures that are given. */
export function aRun({
  seconds = 3600,
  requestsPerSecond = 0,
  p50Milliseconds = 0,
  taskSeconds = 0,
  instanceSeconds = [],
  sampleSeconds = 60,
}: {
  seconds?: number;
  requestsPerSecond?: number;
  p50Milliseconds?: number;
  taskSeconds?: number;
  instanceSeconds?: SimulationSummary["instanceSeconds"];
  sampleSeconds?: number;
} = {}): PricedRun {
  const samples = Math.ceil(seconds / sampleSeconds);
  const all = (value: number) => new Float64Array(samples).fill(value);
  const requests = requestsPerSecond * seconds;
  return {
    series: {
      sampleSeconds,
      requestsPerSecond: all(requestsPerSecond),
      unmetPerSecond: all(0),
      p50Milliseconds: all(p50Milliseconds),
      p99Milliseconds: all(p50Milliseconds),
      cpuPercent: all(0),
      desiredTasks: all(0),
      healthyTasks: all(0),
      provisioningTasks: all(0),
      demandedTasks: all(0),
      instances: all(0),
      registeredInstances: all(0),
      desiredInstances: all(0),
      demandedInstances: all(0),
      emptyInstances: all(0),
      binding: Array.from({ length: samples }, () => "nothing" as const),
    },
    summary: {
      seconds,
      requests,
      served: requests,
      unmet: 0,
      leftInQueue: 0,
      p50Milliseconds,
      p95Milliseconds: p50Milliseconds,
      p99Milliseconds: p50Milliseconds,
      missedMinutes: 0,
      missedRequests: 0,
      longestMissMinutes: 0,
      peakTasks: 0,
      peakInstances: 0,
      longestProvisioningSeconds: 0,
      taskSeconds,
      instanceSeconds,
      emptyInstanceSeconds: 0,
      actions: { tasks: 0, instances: 0, flaps: 0 },
      tasks: NO_ELASTICITY,
      instances: NO_ELASTICITY,
      bindingSeconds: {
        nothing: seconds,
        detection: 0,
        instances: 0,
        taskStart: 0,
        maxTasks: 0,
        maxInstances: 0,
        placement: 0,
      },
    },
  };
}
