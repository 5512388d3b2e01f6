import type { Random } from "./random";
import { grown } from "./timer-wheel";

/**
 * Instances by pool (zone and type) and by a count of tasks. The fullest, the emptiest and a random one of a
 * pool are found without a look at the others, which are alike to a placement strategy.
 */
export class InstanceBuckets {
  private readonly pools: number[][][];
  private readonly sizes: Int32Array;
  private readonly lows: Int32Array;
  private readonly highs: Int32Array;
  /** Count under which each instance stands, or -1, and its place there. */
  private counts: Int32Array = new Int32Array(0);
  private places: Int32Array = new Int32Array(0);

  /** @param mostTasks of an instance, by pool */
  constructor(mostTasks: readonly number[]) {
    this.pools = mostTasks.map((most) => Array.from({ length: most + 1 }, () => []));
    this.sizes = new Int32Array(mostTasks.length);
    this.lows = new Int32Array(mostTasks.length);
    this.highs = new Int32Array(mostTasks.length);
  }

  /** Makes room for numbers below count. */
  reserve(count: number): void {
    if (count > this.counts.length) {
      const length = Math.max(count, 2 * this.counts.length);
      const counts = new Int32Array(length).fill(-1);
      counts.set(this.counts);
      this.counts = counts;
      this.places = grown(this.places, length);
    }
  }

  /** Puts the instance under a count, or takes it out with -1. */
  set(instance: number, pool: number, count: number): void {
    const present = this.counts[instance] ?? -1;
    if (present === count) {
      return;
    }
    if (present >= 0) {
      this.takeOut(instance, pool, present);
    }
    if (count >= 0) {
      const bucket = this.bucket(pool, count);
      this.counts[instance] = count;
      this.places[instance] = bucket.length;
      bucket.push(instance);
      const size = this.sizes[pool] ?? 0;
      this.lows[pool] = size === 0 ? count : Math.min(count, this.lows[pool] ?? 0);
      this.highs[pool] = size === 0 ? count : Math.max(count, this.highs[pool] ?? 0);
      this.sizes[pool] = size + 1;
    }
  }

  size(pool: number): number {
    return this.sizes[pool] ?? 0;
  }

  /** Least count of a pool that is not empty. */
  lowest(pool: number): number {
    let low = this.lows[pool] ?? 0;
    while (this.bucket(pool, low).length === 0) {
      low += 1;
    }
    this.lows[pool] = low;
    return low;
  }

  /** Largest count of a pool that is not empty. */
  highest(pool: number): number {
    let high = this.highs[pool] ?? 0;
    while (this.bucket(pool, high).length === 0) {
      high -= 1;
    }
    this.highs[pool] = high;
    return high;
  }

  /** An instance under a count. */
  last(pool: number, count: number): number {
    const bucket = this.bucket(pool, count);
    return bucket[bucket.length - 1] ?? -1;
  }

  /** Any instance of a pool that is not empty, each as likely as the others. */
  random(pool: number, random: Random): number {
    let index = Math.floor(random() * this.size(pool));
    for (let count = this.lowest(pool); ; count += 1) {
      const bucket = this.bucket(pool, count);
      if (index < bucket.length) {
        return bucket[index] ?? -1;
      }
      index -= bucket.length;
    }
  }

  private bucket(pool: number, count: number): number[] {
    const bucket = this.pools[pool]?.[count];
    if (bucket === undefined) {
      throw new RangeError(`no bucket of ${count} tasks in pool ${pool}`);
    }
    return bucket;
  }

  private takeOut(instance: number, pool: number, count: number): void {
    const bucket = this.bucket(pool, count);
    const place = this.places[instance] ?? 0;
    const moved = bucket.pop();
    if (moved !== undefined && moved !== instance) {
      bucket[place] = moved;
      this.places[moved] = place;
    }
    this.counts[instance] = -1;
    this.sizes[pool] = (this.sizes[pool] ?? 0) - 1;
  }
}
