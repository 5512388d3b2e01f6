import type { PriceTable } from "../../capacity/prices";
import { costOfRun } from "../../capacity/run-cost";
import { type Load, loadSeconds } from "../../capacity/simulate/load";
import { simulate } from "../../capacity/simulate/simulate";
import { simulationFaults } from "../../capacity/simulate/simulation-faults";
import { InputFileError } from "../policy/json-file";
import type { Configuration } from "./configurations";
import { parseEvents } from "./event-argument";
import type { RunResult } from "./run-result";
import { steadyStart } from "./steady-start";

export interface SimulateAllOptions {
  readonly seed: number;
  readonly tickSeconds: number;
  /** As they were written. */
  readonly events: readonly string[];
  readonly prices: PriceTable;
  readonly onProgress: (work: string, share: number) => void;
}

/**
 * Sends one load to every configuration, each from the steady state of its first step.
 * @throws InputFileError for events that the load cannot have, and for a configuration that cannot be simulated
 */
export function simulateAll(
  configurations: readonly [Configuration, ...Configuration[]],
  load: Load,
  { seed, tickSeconds, events: written, prices, onProgress }: SimulateAllOptions,
): [RunResult, ...RunResult[]] {
  const faults: string[] = [];
  const zones = configurations.map(({ model }) => model.group.availabilityZones);
  const bounds = { seconds: loadSeconds(load), availabilityZones: Math.min(...zones) };
  const events = written.length === 0 ? [] : parseEvents(written.join(","), bounds, faults);
  if (faults.length > 0) throw new InputFileError("arguments", faults);

  const runOf = ({ name, title, notes, model }: Configuration): RunResult => {
    const options = {
      seed,
      tickSeconds,
      events,
      onProgress: (share: number) => {
        onProgress(`simulating ${name}`, share);
      },
    };
    const steady = steadyStart(model, load);
    const wrong = simulationFaults(steady, load, options);
    if (wrong.length > 0) throw new InputFileError(title, wrong);
    const simulation = simulate(steady, load, options);
    return { name, title, notes, simulation, cost: costOfRun(simulation, { prices }) };
  };
  const [first, ...others] = configurations;
  return [runOf(first), ...others.map(runOf)];
}
