import type { PriceTable } from "../../capacity/prices";
import { costOfRun } from "../../capacity/run-cost";
import type { Load } from "../../capacity/simulate/load";
import type { ScalingModel } from "../../capacity/simulate/scaling-model";
import { simulate } from "../../capacity/simulate/simulate";
import type { SimulationEvent } from "../../capacity/simulate/simulation";
import type { Outcome } from "../../capacity/tune/objective";
import { steadyStart } from "../simulate/steady-start";

/** What every configuration of a search is put through; plain data, so that threads can share it. */
export interface Experiment {
  readonly load: Load;
  /** Each seed is a run of its own; the worst of them counts. */
  readonly seeds: readonly number[];
  readonly tickSeconds: number;
  readonly events: readonly SimulationEvent[];
  readonly prices: PriceTable;
}

/** Runs a model once a seed: the worst of what the objective looks at, and the mean cost. */
export function outcomeOf(model: ScalingModel, experiment: Experiment): Outcome {
  const { load, seeds, tickSeconds, events, prices } = experiment;
  const start = steadyStart(model, load);
  const runs = seeds.map((seed) => {
    const run = simulate(start, load, { seed, tickSeconds, events });
    return { ...run.summary, usd: costOfRun(run, { prices }).usd };
  });
  const worst = (of: (run: (typeof runs)[number]) => number) => Math.max(...runs.map(of));
  return {
    p99Milliseconds: worst(({ p99Milliseconds }) => p99Milliseconds),
    missedMinutes: worst(({ missedMinutes }) => missedMinutes),
    unmetShare: worst(({ unmet, requests }) => (requests === 0 ? 0 : unmet / requests)),
    usd: runs.reduce((sum, { usd }) => sum + usd, 0) / runs.length,
  };
}
