import { type CostAssumptions, HOURS_PER_MONTH } from "./cost-assumptions";
import type { InstanceGroup } from "./cost-inventory";
import { listPrices, type PriceTable } from "./prices";
import { onDemandInstances } from "./instances-distribution";

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
export function priceGroup(
  group: InstanceGroup,
  assumptions: CostAssumptions,
  { usdPerInstanceHour }: PriceTable = listPrices,
): GroupCost {
  const types = group.instanceTypes.flatMap((instanceType) => {
    const usdPerHour = usdPerInstanceHour.get(instanceType);
    return usdPerHour === undefined ? [] : [{ instanceType, usdPerHour }];
  });
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
  return [...new Set(names)].filter((name) => !listPrices.usdPerInstanceHour.has(name));
}

/** A group of so many instances. */
function mixOf(
  group: InstanceGroup,
  instances: number,
  type: PricedType | undefined,
  { spotPriceShare }: CostAssumptions,
): InstanceMix {
  const onDemand = onDemandInstances(group, instances);
  const spot = instances - onDemand;
  const usdPerHour = (type?.usdPerHour ?? 0) * (onDemand + spot * spotPriceShare);
  return {
    instanceType: type?.instanceType ?? "",
    onDemand,
    spot,
    usdPerMonth: Math.round(usdPerHour * HOURS_PER_MONTH * 100) / 100,
  };
}

interface PricedType {
  readonly instanceType: string;
  readonly usdPerHour: number;
}

function cheaper(least: PricedType | undefined, type: PricedType): PricedType {
  return least === undefined || type.usdPerHour < least.usdPerHour ? type : least;
}

function dearer(most: PricedType | undefined, type: PricedType): PricedType {
  return most === undefined || type.usdPerHour > most.usdPerHour ? type : most;
}
