import { Worker } from "node:worker_threads";
import type { ScalingModel } from "../../capacity/simulate/scaling-model";
import type { Outcome } from "../../capacity/tune/objective";
import { type Experiment, outcomeOf } from "./experiment";
import type { Answer, Job } from "./worker";

/** Something that runs models. */
export interface Evaluator {
  /** Outcomes in the order of the models, whoever ran them and whenever; by the experiment's seeds or others. */
  readonly evaluate: (
    models: readonly ScalingModel[],
    seeds?: readonly number[],
  ) => Promise<readonly Outcome[]>;
  readonly close: () => Promise<void>;
}

/**
 * Runs models on so many threads; with one, in this thread. An outcome depends on its model and the experiment alone,
 * so the number of threads changes nothing but the time.
 *
 * @param onOutcome called after each model that was run
 */
export function startEvaluator(
  experiment: Experiment,
  threads: number,
  onOutcome: () => void = () => undefined,
): Evaluator {
  if (threads <= 1) {
    return {
      evaluate: async (models, seeds = experiment.seeds) => {
        const outcomes: Outcome[] = [];
        for (const model of models) {
          outcomes.push(outcomeOf(model, { ...experiment, seeds }));
          onOutcome();
          // Lets the progress be drawn and a Ctrl-C be heard.
          await new Promise(setImmediate);
        }
        return outcomes;
      },
      close: () => Promise.resolve(),
    };
  }
  const pool = new Pool(experiment, threads, onOutcome);
  return {
    evaluate: (models, seeds = experiment.seeds) => pool.evaluate(models, seeds),
    close: () => pool.close(),
  };
}

class Pool {
  readonly #workers: readonly Worker[];
  readonly #onOutcome: () => void;

  public constructor(experiment: Experiment, threads: number, onOutcome: () => void) {
    this.#onOutcome = onOutcome;
    this.#workers = Array.from(
      { length: threads },
      // No flag of the parent's is for the child: it brings its own way of loading TypeScript.
      () => new Worker(require.resolve("./worker.cjs"), { workerData: experiment, execArgv: [] }),
    );
  }

  /** Hands each thread the next model as soon as it is free. */
  public async evaluate(
    models: readonly ScalingModel[],
    seeds: readonly number[],
  ): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    const queue = models.entries();
    await Promise.all(
      this.#workers.map(async (worker) => {
        for (const [index, model] of queue) {
          outcomes[index] = await answerOf(worker, { model, seeds });
          this.#onOutcome();
        }
      }),
    );
    return outcomes;
  }

  public async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

/** The outcome of a job; what is thrown in the thread is thrown here. */
function answerOf(worker: Worker, job: Job): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const onMessage = (answer: Answer) => {
      worker.off("error", onError);
      if ("outcome" in answer) resolve(answer.outcome);
      else reject(asError(answer.error));
    };
    const onError = (error: Error) => {
      worker.off("message", onMessage);
      reject(error);
    };
    worker.once("message", onMessage);
    worker.once("error", onError);
    worker.postMessage(job);
  });
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
