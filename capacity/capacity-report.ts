/** What a task takes and what binds it on one instance type. */
export interface InstanceFit {
  readonly instanceType: string;
  /** Tasks of the service that one instance holds. */
  readonly tasks: number;
  /** The resource that ends first. */
  readonly boundBy: "cpu" | "memory" | "networkInterfaces" | "hostPorts";
}

/** How many instances the service needs, and why. */
export interface CapacityReport {
  /** One entry for each configured instance type, in the configured order. */
  readonly fits: readonly InstanceFit[];
  /** The entry that the arithmetic counts on: the fewest tasks an instance. */
  readonly smallest: InstanceFit;
  readonly minTasks: number;
  readonly maxTasks: number;
  /** Most tasks during a deployment at full load: floor(maxTasks x deploymentMaximumPercent / 100). */
  readonly deploymentTasks: number;
  /** Instances that hold minTasks, maxTasks and deploymentTasks at the target capacity. */
  readonly instancesAtMin: number;
  readonly instancesAtMax: number;
  readonly instancesAtDeployment: number;
  /** Bounds of the group, derived or configured. */
  readonly minInstances: number;
  readonly maxInstances: number;
  /** What decided minInstances and maxInstances, for a person: "one instance a zone", "the deployment's surge", "configured". */
  readonly minInstancesBoundBy: string;
  readonly maxInstancesBoundBy: string;
}
