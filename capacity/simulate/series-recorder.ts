import type { Binding, Series } from "./simulation";

/** Figures of one step that a series keeps the mean of. */
const MEANS = [
  "requestsPerSecond",
  "unmetPerSecond",
  "cpuPercent",
  "desiredTasks",
  "healthyTasks",
  "provisioningTasks",
  "demandedTasks",
  "instances",
  "registeredInstances",
  "desiredInstances",
  "demandedInstances",
  "emptyInstances",
] as const;

type Mean = (typeof MEANS)[number];

/** The figures of a step, by name. */
export type StepFigures = Record<Mean, number>;

/** Samples up to this many are kept as fine as the steps. */
const MOST_FINE_SAMPLES = 3000;

/**
 * Seconds of a sample: each step of a short run, else about a minute, and longer where that would be more than
 * a month of minutes. A multiple of the step.
 */
export function sampleSecondsOf(seconds: number, tickSeconds: number): number {
  if (seconds / tickSeconds <= MOST_FINE_SAMPLES) {
    return tickSeconds;
  }
  const minutes = Math.max(1, Math.ceil(seconds / (45_000 * 60)));
  return Math.ceil((60 * minutes) / tickSeconds) * tickSeconds;
}

/** Gathers the steps of a run into samples. */
export class SeriesRecorder {
  readonly series: Series;
  private readonly sums = new Float64Array(MEANS.length);
  private readonly targets: readonly Float64Array[];
  private readonly bindings: Binding[] = [];
  private readonly p50: Float64Array;
  private readonly p99: Float64Array;
  private sample = 0;
  private seconds = 0;
  private binding: Binding = "nothing";

  constructor(
    runSeconds: number,
    readonly sampleSeconds: number,
  ) {
    const length = Math.ceil(runSeconds / sampleSeconds);
    const arrays = Object.fromEntries(
      MEANS.map((name) => [name, new Float64Array(length)]),
    ) as Record<Mean, Float64Array>;
    this.targets = MEANS.map((name) => arrays[name]);
    this.p50 = new Float64Array(length);
    this.p99 = new Float64Array(length);
    this.series = {
      sampleSeconds,
      ...arrays,
      p50Milliseconds: this.p50,
      p99Milliseconds: this.p99,
      binding: this.bindings,
    };
  }

  /** Figures that held for so many seconds. Says whether they end a sample, which close() then takes. */
  add(figures: StepFigures, binding: Binding, seconds: number): boolean {
    for (let index = 0; index < MEANS.length; index += 1) {
      const name = MEANS[index] ?? "requestsPerSecond";
      this.sums[index] = (this.sums[index] ?? 0) + figures[name] * seconds;
    }
    if (binding !== "nothing") {
      this.binding = binding;
    }
    this.seconds += seconds;
    return this.seconds >= this.sampleSeconds;
  }

  close(p50Milliseconds: number, p99Milliseconds: number): void {
    if (this.seconds === 0) {
      return;
    }
    for (const [index, target] of this.targets.entries()) {
      target[this.sample] = (this.sums[index] ?? 0) / this.seconds;
    }
    this.p50[this.sample] = p50Milliseconds;
    this.p99[this.sample] = p99Milliseconds;
    this.bindings.push(this.binding);
    this.sums.fill(0);
    this.sample += 1;
    this.seconds = 0;
    this.binding = "nothing";
  }
}
