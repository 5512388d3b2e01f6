import { presets } from "../../capacity/presets";
import { excess, type Objective, type Outcome } from "../../capacity/tune/objective";
import { tune, type TuneResult } from "../../capacity/tune/tune";
import type { Experiment } from "./experiment";
import { knobsFor } from "./knobs";
import { type Evaluator, startEvaluator } from "./pool";
import type { SettingsPlanner } from "./stack-settings";
import { type StackInputs } from "./stack-settings";

export interface SearchOptions {
  readonly planner: SettingsPlanner;
  readonly limits: StackInputs["limits"];
  readonly experiment: Experiment;
  readonly objective: Objective;
  readonly candidates: number;
  readonly threads: number;
  /** Takes what is done and the share of it, 0 to 1. */
  readonly onProgress: (work: string, share: number) => void;
}

/** A configuration beside the one that was found. */
export interface Compared {
  readonly name: string;
  readonly outcome: Outcome;
  readonly meets: boolean;
}

/** What a search found, held against the present and the presets, and against runs that it had not seen. */
export interface SearchReport {
  readonly objective: Objective;
  readonly experiment: Experiment;
  readonly result: TuneResult;
  readonly presets: readonly Compared[];
  /** The present and the best settings on other seeds than those of the search. */
  readonly unseen: {
    readonly seeds: readonly number[];
    readonly present: Outcome;
    readonly best: Outcome;
  };
}

/** Distance of the seeds for the check from those of the search. */
const UNSEEN = 1000;

/** Searches the settings of a stack, in as many threads as asked for; the result does not depend on them. */
export async function searchStack(options: SearchOptions): Promise<SearchReport> {
  const { experiment, candidates, threads, onProgress } = options;
  let done = 0;
  const evaluator = startEvaluator(experiment, threads, () => {
    done += 1;
    onProgress("searching", Math.min(1, done / candidates));
  });
  try {
    return await searchWith(evaluator, options);
  } finally {
    await evaluator.close();
  }
}

async function searchWith(
  { evaluate }: Evaluator,
  { planner, limits, experiment, objective, candidates }: SearchOptions,
): Promise<SearchReport> {
  const result = await tune({
    present: planner.present,
    knobs: knobsFor(planner.presentPlan, planner.presentModel, planner.present, limits),
    objective,
    faultsOf: (settings) => planner.plan(settings).faults,
    evaluate: (settings) => evaluate(settings.map((each) => planner.modelOf(each))),
    candidates,
    seed: experiment.seeds[0] ?? 1,
  });
  const ofPresets = await evaluate(presets.map(({ apply }) => apply(planner.presentModel)));
  const seeds = experiment.seeds.map((seed) => seed + UNSEEN);
  const [present, best] = await evaluate(
    [result.present, result.best].map(({ settings }) => planner.modelOf(settings)),
    seeds,
  );
  return {
    objective,
    experiment,
    result,
    presets: presets.flatMap(({ name }, index) => {
      const outcome = ofPresets[index];
      if (outcome === undefined) return [];
      return { name, outcome, meets: excess(objective, outcome) === 0 };
    }),
    unseen: {
      seeds,
      present: present ?? result.present.outcome,
      best: best ?? result.best.outcome,
    },
  };
}
