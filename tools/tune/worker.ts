import { parentPort, workerData } from "node:worker_threads";
import type { Outcome } from "../../capacity/tune/objective";
import { type Experiment, outcomeOf } from "./experiment";
import type { ScalingModel } from "../../capacity/simulate/scaling-model";

/** A model that is to be run, once a seed. */
export interface Job {
  readonly model: ScalingModel;
  readonly seeds: readonly number[];
}

/** What a thread answers a job with. */
export type Answer = { readonly outcome: Outcome } | { readonly error: unknown };

/** Runs in a thread of its own: answers each job with its outcome, or with what was thrown. */
export function main(): void {
  const experiment = workerData as Experiment;
  parentPort?.on("message", ({ model, seeds }: Job) => {
    parentPort?.postMessage(answerTo(() => outcomeOf(model, { ...experiment, seeds })));
  });
}

function answerTo(work: () => Outcome): Answer {
  try {
    return { outcome: work() };
  } catch (error) {
    return { error };
  }
}
