import { type Load, loadSeconds } from "../../capacity/simulate/load";
import type { ScalingModel } from "../../capacity/simulate/scaling-model";

/** Share of its CPU at which a task counts as well used where no policy says so. */
const USUAL_CPU_PERCENT = 60;

/**
 * Requests a second that one task serves when the first of its policies is at its target. CPU: target x vCPU of the
 * task / CPU time of a request. Requests: a sixtieth of the target, which is a minute's.
 */
export function requestsPerSecondAtTarget({ service, workload }: ScalingModel): number {
  const ofCpu = (percent: number) =>
    ((percent / 100) * (service.task.cpuUnits / 1024) * 1000) / workload.cpuMillisecondsPerRequest;
  const rates = service.policies.map(({ metric, target }) =>
    metric === "cpu" ? ofCpu(target) : target / 60,
  );
  return rates.length === 0 ? ofCpu(USUAL_CPU_PERCENT) : Math.min(...rates);
}

/** The highest rate of a load over a minute, or over a step where that is longer; requests a second. */
export function peakRate({ requests, stepSeconds }: Load): number {
  const steps = Math.max(1, Math.round(60 / stepSeconds));
  let sum = 0;
  let most = 0;
  requests.forEach((count, step) => {
    sum += count - (step >= steps ? (requests[step - steps] ?? 0) : 0);
    most = Math.max(most, sum);
  });
  return most / (Math.min(steps, requests.length) * stepSeconds);
}

/** The load with every step multiplied. */
export function scaleLoad(load: Load, factor: number): Load {
  return { ...load, requests: load.requests.map((count) => count * factor) };
}

/** The load so that its peak needs that many tasks at their target. */
export function scaleToTasks(load: Load, tasks: number, model: ScalingModel): Load {
  const peak = peakRate(load);
  return peak === 0 ? load : scaleLoad(load, (tasks * requestsPerSecondAtTarget(model)) / peak);
}

/** The first days of a load, or all of it where it is no longer. */
export function firstDays(load: Load, days: number): Load {
  if (loadSeconds(load) <= days * 86_400) return load;
  const steps = Math.max(1, Math.round((days * 86_400) / load.stepSeconds));
  return { ...load, requests: load.requests.slice(0, steps) };
}
