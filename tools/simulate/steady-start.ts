import { findInstanceType } from "../../capacity/catalogue";
import { fitTasks } from "../../capacity/fit";
import { instancesForTasks } from "../../capacity/instance-bounds";
import type { Load } from "../../capacity/simulate/load";
import type { ScalingModel } from "../../capacity/simulate/scaling-model";
import { requestsPerSecondAtTarget } from "./scale-load";

/**
 * The model with as many tasks and instances at the start as the first step of the load needs at the targets, within
 * the bounds, so that a run shows how the stack follows the traffic and not how it was found.
 */
export function steadyStart(model: ScalingModel, load: Load): ScalingModel {
  const { service, group, capacityProvider } = model;
  const rate = (load.requests[0] ?? 0) / load.stepSeconds;
  const needed = Math.ceil(rate / requestsPerSecondAtTarget(model) - 1e-9);
  const desiredTasks = clamp(needed, service.minTasks, service.maxTasks);
  const perInstance = Math.min(...group.instanceTypes.map((name) => tasksOn(name, model)));
  const { targetCapacityPercent } = capacityProvider;
  const desiredInstances = clamp(
    perInstance < 1 ? 0 : instancesForTasks(desiredTasks, perInstance, targetCapacityPercent),
    group.minInstances,
    group.maxInstances,
  );
  return {
    ...model,
    service: { ...service, desiredTasks },
    group: { ...group, desiredInstances },
  };
}

function tasksOn(name: string, { service, group }: ScalingModel): number {
  const type = findInstanceType(name);
  return type === undefined ? 0 : fitTasks(type, service.task, group.reservedMemoryMiB).tasks;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
