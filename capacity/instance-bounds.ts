import type { CapacityReport, InstanceFit } from "./capacity-report";
import { smallestFit } from "./fit";

/** What a service asks of the group of instances that runs it. */
export interface CapacityDemand {
  /** One for each allowed instance type; every one holds at least one task. */
  readonly fits: readonly [InstanceFit, ...InstanceFit[]];
  readonly minTasks: number;
  readonly maxTasks: number;
  readonly deploymentMaximumPercent: number;
  readonly targetCapacityPercent: number;
  readonly availabilityZones: number;
  /** Hold minTasks without the zone that has the most instances. */
  readonly surviveZoneLoss: boolean;
  /** Configured bounds, or undefined to derive them. */
  readonly minInstances: number | undefined;
  readonly maxInstances: number | undefined;
}

/**
 * Smallest integer that is not below dividend / divisor, of integers.
 * Exact, unlike Math.ceil of a percentage: Math.ceil(3 x (5 / 3 x 100) / 100) is 6.
 */
export function ceilDiv(dividend: number, divisor: number): number {
  const remainder = dividend % divisor;
  return (dividend - remainder) / divisor + (remainder > 0 ? 1 : 0);
}

/**
 * Instances that a capacity provider keeps for so many tasks: ceil(100 x needed / target), where
 * needed = ceil(tasks / tasks an instance). Below 100 percent the difference is spare.
 *
 * @see https://aws.amazon.com/blogs/containers/deep-dive-on-amazon-ecs-cluster-auto-scaling/
 */
export function instancesForTasks(
  tasks: number,
  tasksPerInstance: number,
  targetCapacityPercent: number,
): number {
  return ceilDiv(100 * ceilDiv(tasks, tasksPerInstance), targetCapacityPercent);
}

/** Instances that are left of a group, spread evenly, when its fullest zone is lost. */
export function instancesAfterZoneLoss(instances: number, availabilityZones: number): number {
  return instances - ceilDiv(instances, availabilityZones);
}

/**
 * Fewest instances that stand in every zone and still hold the tasks when one of at least two zones is lost.
 */
export function instancesSurvivingZoneLoss(
  tasks: number,
  tasksPerInstance: number,
  availabilityZones: number,
): number {
  const needed = ceilDiv(tasks, tasksPerInstance);
  return Math.max(availabilityZones, instancesThatLeave(needed, availabilityZones));
}

/**
 * Fewest instances of which so many are left when one of at least two zones is lost:
 * n - ceil(n / zones) = floor(n x (zones - 1) / zones) reaches m first at n = ceil(m x zones / (zones - 1)).
 */
export function instancesThatLeave(instances: number, availabilityZones: number): number {
  return ceilDiv(instances * availabilityZones, availabilityZones - 1);
}

/**
 * Most tasks that a rolling deployment runs at once: ECS rounds the maximum percent down.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function tasksDuringDeployment(tasks: number, deploymentMaximumPercent: number): number {
  return Math.floor((tasks * deploymentMaximumPercent) / 100);
}

/**
 * Fewest tasks that a rolling deployment keeps healthy: ECS rounds the minimum percent up.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function healthyTasksDuringDeployment(
  tasks: number,
  deploymentMinimumHealthyPercent: number,
): number {
  return ceilDiv(tasks * deploymentMinimumHealthyPercent, 100);
}

/**
 * The instances that a service needs and the bounds of its group: configured ones as they are, others derived.
 * The minimum follows from minTasks, and from the loss of a zone where that must be survived; the maximum
 * from the most tasks of a deployment at full load. Whether configured bounds suffice is for the caller to judge.
 */
export function sizeInstances(demand: CapacityDemand): CapacityReport {
  const smallest = smallestFit(demand.fits);
  const deploymentTasks = tasksDuringDeployment(demand.maxTasks, demand.deploymentMaximumPercent);
  const instancesFor = (tasks: number) =>
    instancesForTasks(tasks, smallest.tasks, demand.targetCapacityPercent);
  const least = leastInstances(demand, instancesFor(demand.minTasks), smallest.tasks);
  const minInstances = demand.minInstances ?? least.instances;
  const surge = instancesFor(deploymentTasks);
  const derivedMax = Math.max(surge, minInstances);
  return {
    fits: demand.fits,
    smallest,
    minTasks: demand.minTasks,
    maxTasks: demand.maxTasks,
    deploymentTasks,
    instancesAtMin: instancesFor(demand.minTasks),
    instancesAtMax: instancesFor(demand.maxTasks),
    instancesAtDeployment: surge,
    minInstances,
    maxInstances: demand.maxInstances ?? derivedMax,
    minInstancesBoundBy: demand.minInstances === undefined ? least.boundBy : "configured",
    maxInstancesBoundBy:
      demand.maxInstances !== undefined
        ? "configured"
        : surge >= minInstances
          ? "the deployment's surge"
          : "minInstances",
  };
}

/** The least minimum that the demand allows, and the reason for it in words. */
export function leastInstances(
  demand: CapacityDemand,
  instancesAtMin: number,
  tasksPerInstance: number,
): { readonly instances: number; readonly boundBy: string } {
  const atTarget = { instances: instancesAtMin, boundBy: "minTasks at the target capacity" };
  if (!demand.surviveZoneLoss) {
    return atTarget;
  }
  const zones = demand.availabilityZones;
  const survivors = instancesSurvivingZoneLoss(demand.minTasks, tasksPerInstance, zones);
  if (survivors < instancesAtMin) {
    return atTarget;
  }
  return survivors === zones
    ? { instances: survivors, boundBy: "one instance a zone" }
    : { instances: survivors, boundBy: "minTasks after the loss of a zone" };
}
