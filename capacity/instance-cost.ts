import { type InstanceType, findInstanceType } from "./catalogue";
import { type CostAssumptions, HOURS_PER_MONTH } from "./cost-assumptions";
import type { InstanceGroup } from "./cost-inventory";
import { ceilDiv } from "./instance-bounds";

/** Instances of a group at one load. */
export interface InstanceMix {
  /** The type that the figure counts on; empty where no type of the group has a price. */
  readonly instanceType: string;
  readonly onDemand: number;
  readonly spot: number;
  /** In whole cents. */
  readonly usdPerMonth: number;
}

/** A group at each load. */
export interface GroupCost {
  readonly name: string;
  /** The group's minimum, at the cheapest of its types. */
  readonly minimum: InstanceMix;
  /** A share of the way to its maximum, at the type it prefers. */
  readonly steady: InstanceMix;
  /** Its maximum, every instance On-Demand and of the dearest type. */
  readonly worst: InstanceMix;
}

/**
 * Where a thing that scales between bounds stands on average, rounded up. A maximum below the minimum
 * counts as the minimum.
 */
export function steadyCount(
  min: number,
  max: number,
  { steadyLoadShare }: CostAssumptions,
): number {
  return min + Math.ceil(Math.max(0, max - min) * steadyLoadShare);
}

/** What the instances of a group cost; types without a price are left out, see unpricedTypes(). */
export function priceGroup(group: InstanceGroup, assumptions: CostAssumptions): GroupCost {
  const types = group.instanceTypes
    .map((name) => findInstanceType(name))
    .filter((type) => type !== undefined);
  const [preferred] = types;
  const cheapest = types.reduce((least, type) => cheaper(least, type), preferred);
  const dearest = types.reduce((most, type) => dearer(most, type), preferred);
  const steady = steadyCount(group.minSize, group.maxSize, assumptions);
  return {
    name: group.name,
    minimum: mixOf(group, group.minSize, cheapest, assumptions),
    steady: mixOf(group, steady, preferred, assumptions),
    worst: mixOf(
      { ...group, onDemandPercentageAboveBase: 100 },
      Math.max(group.minSize, group.maxSize),
      dearest,
      assumptions,
    ),
  };
}

/** Instance types of the groups that the catalogue has no price of, each once. */
export function unpricedTypes(groups: readonly InstanceGroup[]): readonly string[] {
  const names = groups.flatMap(({ instanceTypes }) => instanceTypes);
  return [...new Set(names)].filter((name) => findInstanceType(name) === undefined);
}

/**
 * A group of so many instances. EC2 Auto Scaling launches the On-Demand base first and rounds the
 * share above it up, in favour of On-Demand.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstancesDistribution.html
 */
function mixOf(
  group: InstanceGroup,
  instances: number,
  type: InstanceType | undefined,
  { spotPriceShare }: CostAssumptions,
): InstanceMix {
  const base = Math.min(group.onDemandBase, instances);
  const onDemand = base + ceilDiv((instances - base) * group.onDemandPercentageAboveBase, 100);
  const spot = instances - onDemand;
  const usdPerHour = (type?.usdPerHour ?? 0) * (onDemand + spot * spotPriceShare);
  return {
    instanceType: type?.instanceType ?? "",
    onDemand,
    spot,
    usdPerMonth: Math.round(usdPerHour * HOURS_PER_MONTH * 100) / 100,
  };
}

function cheaper(least: InstanceType | undefined, type: InstanceType): InstanceType {
  return least === undefined || type.usdPerHour < least.usdPerHour ? type : least;
}

function dearer(most: InstanceType | undefined, type: InstanceType): InstanceType {
  return most === undefined || type.usdPerHour > most.usdPerHour ? type : most;
}
