import { costOfRun } from "../../capacity/run-cost";
import { simulate } from "../../capacity/simulate/simulate";
import type { StackPlan } from "../../infra/plan/stack-plan";
import { peakRate } from "../simulate/scale-load";
import { shapeLoad } from "../simulate/shape-load";
import { modelOf } from "../simulate/stack-model";
import { steadyStart } from "../simulate/steady-start";
import { usualRun } from "../simulate/usual-run";

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

/**
 * Simulates what `npm run simulate` does without options: a day of traffic in a cosine, whose peak is what 80 % of
 * the most tasks serve at their target. The same plan gives the same day.
 */
export function simulateDay(plan: StackPlan): SimulatedDay {
  const { seed, tickSeconds } = usualRun;
  const model = modelOf(plan);
  const load = shapeLoad("daily", "", { days: 1, peakTasks: undefined, seed }, model);
  const options = { seed, tickSeconds, events: [] };
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
