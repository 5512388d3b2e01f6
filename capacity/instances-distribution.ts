import { ceilDiv } from "./instance-bounds";

/** How many of a group's instances are On-Demand; the others are Spot. */
export interface InstancesDistribution {
  readonly onDemandBase: number;
  readonly onDemandPercentageAboveBase: number;
}

/**
 * On-Demand instances in a group of so many: the base first, and of those above it the share, rounded up in
 * favour of On-Demand.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstancesDistribution.html
 */
export function onDemandInstances(
  { onDemandBase, onDemandPercentageAboveBase }: InstancesDistribution,
  instances: number,
): number {
  const base = Math.min(onDemandBase, instances);
  return base + ceilDiv((instances - base) * onDemandPercentageAboveBase, 100);
}
