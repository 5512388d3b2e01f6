import type { CapacityReport } from "./capacity-report";
import { ceilDiv, instancesAfterZoneLoss } from "./instance-bounds";

/** How much more than its tasks a group holds at one size of the service. */
export interface Headroom {
  readonly when: "minTasks" | "maxTasks" | "deployment";
  readonly tasks: number;
  /** Instances at the target capacity, within the bounds of the group. */
  readonly instances: number;
  /** Tasks that start without a new instance; negative where the group is too small. */
  readonly spareTasks: number;
  readonly zoneLoss: ZoneLoss;
}

/** What is left when the zone with the most instances is lost. */
interface ZoneLoss {
  /** Tasks that stop, at most. */
  readonly lostTasks: number;
  readonly instances: number;
  /** Tasks that the instances which are left hold, of those that ran. */
  readonly heldTasks: number;
  /** Tasks that run again only when new instances are up. */
  readonly waitingTasks: number;
  /** Of those, what the group's maximum never lets run. */
  readonly unplaceableTasks: number;
}

/**
 * The headroom of a plan at its fewest tasks, its most, and a deployment of the most. Counts on the type that holds
 * the fewest tasks, and on instances and tasks spread evenly over the zones.
 */
export function headroomOf(
  report: CapacityReport,
  availabilityZones: number,
): readonly [Headroom, Headroom, Headroom] {
  const at = (when: Headroom["when"], tasks: number, needed: number): Headroom => {
    const instances = Math.min(Math.max(needed, report.minInstances), report.maxInstances);
    return {
      when,
      tasks,
      instances,
      spareTasks: instances * report.smallest.tasks - tasks,
      zoneLoss: zoneLossAt(report, tasks, instances, availabilityZones),
    };
  };
  return [
    at("minTasks", report.minTasks, report.instancesAtMin),
    at("maxTasks", report.maxTasks, report.instancesAtMax),
    at("deployment", report.deploymentTasks, report.instancesAtDeployment),
  ];
}

function zoneLossAt(
  { smallest, maxInstances }: CapacityReport,
  tasks: number,
  instances: number,
  availabilityZones: number,
): ZoneLoss {
  const left = instancesAfterZoneLoss(instances, availabilityZones);
  const heldTasks = Math.min(tasks, left * smallest.tasks);
  const most = availabilityZones > 1 ? maxInstances * smallest.tasks : 0;
  return {
    lostTasks: Math.min(ceilDiv(tasks, availabilityZones), tasks),
    instances: left,
    heldTasks,
    waitingTasks: tasks - heldTasks,
    unplaceableTasks: Math.max(0, tasks - Math.max(heldTasks, most)),
  };
}
