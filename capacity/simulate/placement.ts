import type { TaskDemand } from "../fit";
import type { InstanceBuckets } from "./instance-buckets";
import type { Random } from "./random";
import type { PlacementRule } from "./scaling-model";

/** Instances of one zone and one type, which placement treats alike but for the tasks on them. */
export interface InstancePool {
  readonly zone: number;
  readonly cpuUnits: number;
  readonly memoryMiB: number;
}

/**
 * Placement strategies, each rule among what the ones before it find equal. To place, spread takes the zone or
 * instance with the fewest tasks and binpack the instance with the least of its field left; to stop, spread
 * takes the one with the most tasks and binpack the instance that has the most left afterwards.
 * No rule at all is a service's default: spread over the zones.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html
 */
export class Placement {
  private readonly rules: readonly PlacementRule[];
  /** What decides among the instances of a pool. */
  private readonly within: "fewest" | "most" | "any";

  constructor(
    rules: readonly PlacementRule[],
    private readonly pools: readonly InstancePool[],
    private readonly task: TaskDemand,
    private readonly random: Random,
  ) {
    this.rules = rules.length > 0 ? rules : [{ type: "spread", field: "availabilityZone" }];
    const decider = this.rules.find(
      (rule) => rule.type === "binpack" || (rule.type === "spread" && rule.field === "instance"),
    );
    this.within = decider === undefined ? "any" : decider.type === "binpack" ? "most" : "fewest";
  }

  /** Instance for one more task among those with room, or -1 where there is none. */
  place(room: InstanceBuckets, zoneTasks: ArrayLike<number>): number {
    return this.choose(room, zoneTasks, 1);
  }

  /** Instance on which to stop a task among those with one, or -1 where there is none. */
  stop(running: InstanceBuckets, zoneTasks: ArrayLike<number>): number {
    return this.choose(running, zoneTasks, -1);
  }

  /** @param direction 1 to place, -1 to stop */
  private choose(
    instances: InstanceBuckets,
    zoneTasks: ArrayLike<number>,
    direction: 1 | -1,
  ): number {
    let best = -1;
    let bestCount = 0;
    let equals = 0;
    for (let pool = 0; pool < this.pools.length; pool += 1) {
      const size = instances.size(pool);
      if (size === 0) {
        continue;
      }
      const count = this.countWithin(instances, pool, direction);
      const order =
        best < 0 ? -1 : direction * this.compare(zoneTasks, pool, count, best, bestCount);
      if (order > 0) {
        continue;
      }
      equals = order < 0 ? size : equals + size;
      if (order < 0 || this.random() * equals < size) {
        best = pool;
        bestCount = count;
      }
    }
    if (best < 0) {
      return -1;
    }
    return this.within === "any"
      ? instances.random(best, this.random)
      : instances.last(best, bestCount);
  }

  private countWithin(instances: InstanceBuckets, pool: number, direction: 1 | -1): number {
    if (this.within === "any") {
      return 0;
    }
    return (this.within === "fewest") === (direction === 1)
      ? instances.lowest(pool)
      : instances.highest(pool);
  }

  /** Below 0 where the first pool's instance is the better place. */
  private compare(
    zoneTasks: ArrayLike<number>,
    pool: number,
    count: number,
    other: number,
    otherCount: number,
  ): number {
    for (const rule of this.rules) {
      const difference =
        this.rank(rule, zoneTasks, pool, count) - this.rank(rule, zoneTasks, other, otherCount);
      if (difference !== 0) {
        return difference;
      }
    }
    return 0;
  }

  /** Of a rule; the lowest is the best place. */
  private rank(
    rule: PlacementRule,
    zoneTasks: ArrayLike<number>,
    pool: number,
    count: number,
  ): number {
    const { zone, cpuUnits, memoryMiB } = this.pools[pool] ?? {
      zone: 0,
      cpuUnits: 0,
      memoryMiB: 0,
    };
    switch (rule.type) {
      case "spread":
        return rule.field === "instance" ? count : (zoneTasks[zone] ?? 0);
      case "binpack":
        return rule.field === "cpu"
          ? cpuUnits - count * this.task.cpuUnits
          : memoryMiB - count * this.task.memoryMiB;
      case "random":
        return 0;
    }
  }
}
