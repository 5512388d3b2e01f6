import type { Binding, Series } from "../../capacity/simulate/simulation";

/** A stretch of a run in which one thing held the service back. */
export interface BindingInterval {
  readonly binding: Exclude<Binding, "nothing">;
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** Two stretches of one kind with no more than this between them are one. */
const MERGED_SECONDS = 120;

/** What was binding when, in order of time; nothing is left out but short breaks. */
export function bindingIntervals({ binding, sampleSeconds }: Series): BindingInterval[] {
  const intervals: BindingInterval[] = [];
  binding.forEach((kind, sample) => {
    if (kind === "nothing") return;
    const fromSeconds = sample * sampleSeconds;
    const last = intervals.at(-1);
    const goes = last?.binding === kind && fromSeconds - last.toSeconds <= MERGED_SECONDS;
    if (goes) intervals.pop();
    intervals.push({
      binding: kind,
      fromSeconds: goes ? last.fromSeconds : fromSeconds,
      toSeconds: fromSeconds + sampleSeconds,
    });
  });
  return intervals;
}

/** What a binding is called. */
export const bindingText: Readonly<Record<Binding, string>> = {
  nothing: "nothing",
  detection: "metrics, alarms and cooldowns",
  instances: "instances that start",
  taskStart: "tasks that start",
  maxTasks: "maxTasks",
  maxInstances: "maxInstances",
  placement: "placement: no instance takes the task",
};
