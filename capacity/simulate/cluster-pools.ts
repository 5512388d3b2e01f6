import { findInstanceType } from "../catalogue";
import { fitTasks } from "../fit";
import { registeredCpuUnits, registeredMemoryMiB } from "../registered";
import type { InstancePool } from "./placement";
import type { ScalingModel } from "./scaling-model";

/** The instances of one zone and one type. */
export interface ClusterPool extends InstancePool {
  /** Index among the group's types. */
  readonly type: number;
  /** Tasks that an instance holds. */
  readonly fit: number;
}

/** Every zone with every type: the pool of a zone and a type is `zone x types + type`. */
export function clusterPools({ group, service }: ScalingModel): readonly ClusterPool[] {
  const types = group.instanceTypes.map((name, type) => {
    const instance = findInstanceType(name);
    if (instance === undefined) {
      throw new RangeError(`unknown instance type "${name}"`);
    }
    return {
      type,
      cpuUnits: registeredCpuUnits(instance),
      memoryMiB: registeredMemoryMiB(instance, group.reservedMemoryMiB),
      fit: fitTasks(instance, service.task, group.reservedMemoryMiB).tasks,
    };
  });
  const zones = Array.from({ length: group.availabilityZones }, (_, zone) => zone);
  return zones.flatMap((zone) => types.map((type) => ({ zone, ...type })));
}
