import { Market } from "./instance-table";

/** What the choice of instances to terminate looks at. */
export interface TerminationView {
  readonly zone: (instance: number) => number;
  readonly market: (instance: number) => Market;
  readonly launchedAt: (instance: number) => number;
  /** Instances of the group in each zone, those that may not go among them. */
  readonly inZone: ArrayLike<number>;
  /** On-Demand instances beyond what the distribution wants of the new size. */
  readonly onDemandSurplus: number;
}

/**
 * Instances to terminate, at most so many: first what brings On-Demand and Spot to their shares, of these from
 * the zone with the most instances, there the oldest.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html
 */
export function chooseTerminations(
  candidates: readonly number[],
  count: number,
  view: TerminationView,
): readonly number[] {
  const zones = view.inZone.length;
  const inZone = Array.from(view.inZone);
  const queues = Array.from({ length: 2 * zones }, (): number[] => []);
  // The oldest stands last, where it is taken.
  const byAge = [...candidates].sort((a, b) => view.launchedAt(b) - view.launchedAt(a) || b - a);
  for (const instance of byAge) {
    queues[2 * view.zone(instance) + view.market(instance)]?.push(instance);
  }

  const chosen: number[] = [];
  let onDemandSurplus = view.onDemandSurplus;
  while (chosen.length < Math.min(count, candidates.length)) {
    const preferred = onDemandSurplus > 0 ? Market.onDemand : Market.spot;
    const other = preferred === Market.spot ? Market.onDemand : Market.spot;
    const market = fullestZone(queues, inZone, preferred) < 0 ? other : preferred;
    const zone = fullestZone(queues, inZone, market);
    chosen.push(queues[2 * zone + market]?.pop() ?? 0);
    inZone[zone] = (inZone[zone] ?? 0) - 1;
    onDemandSurplus -= market === Market.onDemand ? 1 : 0;
  }
  return chosen;
}

/** The zone with the most instances of those that have a candidate of the market, or -1. */
function fullestZone(
  queues: readonly (readonly number[])[],
  inZone: readonly number[],
  market: Market,
): number {
  let best = -1;
  for (let zone = 0; zone < inZone.length; zone += 1) {
    const has = (queues[2 * zone + market]?.length ?? 0) > 0;
    if (has && (best < 0 || (inZone[zone] ?? 0) > (inZone[best] ?? 0))) {
      best = zone;
    }
  }
  return best;
}
