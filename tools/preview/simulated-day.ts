import { costOfRun } from "../../capacity/run-cost";
import { simulate } from "../../capacity/simulate/simulate";
import type { StackPlan } from "../../infra/plan/stack-plan";
import { peakRate } from "../simulate/scale-load";
import { shapeLoad } from "../simulate/shape-load";
import { modelOf } from "../simulate/stack-model";
import { steadyStart } from "../simulate/steady-start";

/** How a planned stack would follow the traffic of a day. */
export interface SimulatedDay {
  /** At the top of the day; a fifth of it at the bottom. */
  readonly peakRequestsPerSecond: number;
  /** Minutes in which more than one of a hundred requests missed the latency alarm's threshold or was lost. */
  readonly missedMinutes: number;
  readonly fewestInstances: number;
  readonly mostInstances: number;
  /** What the instances cost that day, list price. */
  readonly instancesUsd: number;
}

/** What `npm run simulate` begins with where nothing is said. */
const SEED = 1;
const TICK_SECONDS = 10;

/**
 * Simulates what `npm run simulate` does without options: a day of traffic in a cosine, whose peak is what 80 % of
 * the most tasks serve at their target. The same plan gives the same day.
 */
export function simulateDay(plan: StackPlan): SimulatedDay {
  const model = modelOf(plan);
  const load = shapeLoad("daily", "", { days: 1, peakTasks: undefined, seed: SEED }, model);
  const options = { seed: SEED, tickSeconds: TICK_SECONDS, events: [] };
  const simulation = simulate(steadyStart(model, load), load, options);
  const { instances } = simulation.series;
  return {
    peakRequestsPerSecond: peakRate(load),
    missedMinutes: simulation.summary.missedMinutes,
    fewestInstances: instances.reduce((least, count) => Math.min(least, count), Infinity),
    mostInstances: simulation.summary.peakInstances,
    instancesUsd: costOfRun(simulation).instancesUsd,
  };
}
