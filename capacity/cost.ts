import {
  type CostAssumptions,
  costAssumptions,
  HOURS_PER_MONTH,
  notEstimated,
} from "./cost-assumptions";
import type { CostInventory } from "./cost-inventory";
import { type CostLine, costLines } from "./cost-lines";
import { type CostRange, round, scale, sum, wholeCents } from "./cost-range";
import { type GroupCost, priceGroup, unpricedTypes } from "./instance-cost";
import { listPrices, type PriceTable } from "./prices";

/** What a stack costs, line by line, in US dollars before tax. */
export interface CostEstimate {
  /** Region and day of the prices; `region` is the stack's own, where it is known. */
  readonly pricedRegion: string;
  readonly instancesPricedOn: string;
  readonly region: string | undefined;
  /** Without those that are zero at every load. */
  readonly lines: readonly CostLine[];
  /** Sums of the lines. */
  readonly usdPerMonth: CostRange;
  /** A month by 730 hours, to a hundredth of a cent. */
  readonly usdPerHour: CostRange;
  /** On-Demand and Spot share of each group. */
  readonly groups: readonly GroupCost[];
  readonly assumptions: CostAssumptions;
  /** What has no price or could not be read, in words: with one of these the figures are too low. */
  readonly missing: readonly string[];
  /** What is left out on purpose, and types of resources that are in the stack and have no line. */
  readonly notEstimated: readonly string[];
}

/**
 * Prices a stack at three loads. The minimum is the least that it costs while nobody uses it; steady is
 * everyday, by the assumptions; the worst is everything at its maximum all month, every instance
 * On-Demand and of the dearest allowed type. Pure: the same inventory gives the same estimate.
 */
export function estimateCost(
  inventory: CostInventory,
  assumptions: CostAssumptions = costAssumptions,
  prices: PriceTable = listPrices,
): CostEstimate {
  const groups = inventory.groups.map((group) => priceGroup(group, assumptions, prices));
  const lines = costLines(inventory, groups, assumptions, prices);
  const usdPerMonth = wholeCents(sum(lines.map((line) => line.usdPerMonth)));
  return {
    pricedRegion: prices.region,
    instancesPricedOn: prices.instancesPricedOn,
    region: inventory.region,
    lines,
    usdPerMonth,
    usdPerHour: round(scale(usdPerMonth, 1 / HOURS_PER_MONTH), 4),
    groups,
    assumptions,
    missing: [
      ...unpricedTypes(inventory.groups).map(
        (type) => `instance type ${type}, which capacity/instance-types.json lacks`,
      ),
      ...inventory.unreadable,
    ],
    notEstimated: [...notEstimated, ...inventory.otherTypes],
  };
}
