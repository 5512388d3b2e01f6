import { Run } from "./run";
import type { Load } from "./load";
import type { ScalingModel } from "./scaling-model";
import { simulationFaults } from "./simulation-faults";
import type { Simulation, SimulationOptions } from "./simulation";

/**
 * Runs a load against a model in steps of `tickSeconds`: requests, tasks, instances, metrics, alarms and
 * scaling on both levels, each with its real delays. The same input gives the same run to the last bit.
 *
 * @throws RangeError with every fault of model, load and options, one a line
 */
export function simulate(model: ScalingModel, load: Load, options: SimulationOptions): Simulation {
  const faults = simulationFaults(model, load, options);
  if (faults.length > 0) {
    throw new RangeError(faults.join("\n"));
  }
  return new Run(model, load, options).finish();
}
