import type { RunCost } from "../../capacity/run-cost";
import type { Load } from "../../capacity/simulate/load";
import type { Simulation } from "../../capacity/simulate/simulation";

/** A configuration with what a load did to it. */
export interface RunResult {
  /** Stack or preset. */
  readonly name: string;
  readonly title: string;
  /** What a reader must know of the configuration, in sentences. */
  readonly notes: readonly string[];
  readonly simulation: Simulation;
  readonly cost: RunCost;
}

/** Everything that a command found out; the first run is the stack itself. */
export interface Report {
  readonly project: string;
  readonly load: Load;
  /** What was done to the trace, in sentences. */
  readonly loadNotes: readonly string[];
  readonly runs: readonly [RunResult, ...RunResult[]];
}
