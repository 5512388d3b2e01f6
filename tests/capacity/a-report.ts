import type { CapacityReport } from "../../capacity/capacity-report";
import { type CapacityDemand, sizeInstances } from "../../capacity/instance-bounds";

/** The capacity of three to twenty tasks, four on each m7g.large, in three zones. */
export function aReport(overrides: Partial<CapacityDemand> = {}): CapacityReport {
  return sizeInstances({
    fits: [{ instanceType: "m7g.large", tasks: 4, boundBy: "cpu" }],
    minTasks: 3,
    maxTasks: 20,
    deploymentMaximumPercent: 200,
    targetCapacityPercent: 100,
    availabilityZones: 3,
    surviveZoneLoss: true,
    minInstances: undefined,
    maxInstances: undefined,
    ...overrides,
  });
}
