import type { Objective, Outcome } from "./objective";
import type { Knob, Settings } from "./settings";

/** A search for the cheapest settings that meet an objective. */
export interface TuneRequest {
  /** What is configured now; also the value of everything that no knob has. */
  readonly present: Settings;
  /** Each has the present value among its values. */
  readonly knobs: readonly Knob[];
  readonly objective: Objective;
  /** Why settings may not be used, in words: the plan's faults and the limits of the policies. Empty: they may. */
  readonly faultsOf: (settings: Settings) => readonly string[];
  /** Runs settings; outcomes in the order of the settings, by them alone. */
  readonly evaluate: (settings: readonly Settings[]) => Promise<readonly Outcome[]>;
  /** Most settings that are run, the present ones included. */
  readonly candidates: number;
  /** Moves the first samples; the same request finds the same settings. */
  readonly seed: number;
  readonly onProgress?: (evaluated: number) => void;
}

/** Settings that were run. */
export interface Candidate {
  readonly settings: Settings;
  readonly outcome: Outcome;
  readonly meets: boolean;
}
