import { grown, TimerWheel } from "./timer-wheel";

/** Where an instance stands; `draining` ones take no more tasks and have left the group's count. */
export const InstanceState = { gone: 0, booting: 1, registered: 2, draining: 3 } as const;

export type InstanceState = (typeof InstanceState)[keyof typeof InstanceState];

/** How an instance is paid for. */
export const Market = { onDemand: 0, spot: 1 } as const;

export type Market = (typeof Market)[keyof typeof Market];

/** The instances of the group: a row each, numbered; rows of instances that are gone are used again. */
export class InstanceTable {
  /** Instances in each state. */
  readonly counts = new Int32Array(4);
  readonly timers: TimerWheel;
  /** Tasks on each instance: all of them, and those that are to stay. */
  used: Int32Array = new Int32Array(0);
  kept: Int32Array = new Int32Array(0);
  /** The first task on each instance, or -1. */
  firstTask: Int32Array = new Int32Array(0);
  /** Seconds at which each instance has the present image, or Infinity. */
  imageAt: Float64Array = new Float64Array(0);
  launchedAt: Float64Array = new Float64Array(0);
  private states: Int32Array = new Int32Array(0);
  private pools: Int32Array = new Int32Array(0);
  private markets: Int32Array = new Int32Array(0);
  private readonly free: number[] = [];
  private rows = 0;

  constructor(horizonTicks: number) {
    this.timers = new TimerWheel(horizonTicks);
  }

  /** Rows in use, those of instances that are gone among them. */
  get size(): number {
    return this.rows;
  }

  create(pool: number, market: Market, launchedAt: number): number {
    const instance = this.free.pop() ?? this.rows;
    if (instance === this.rows) {
      this.rows += 1;
      if (instance >= this.states.length) {
        this.grow();
      }
    }
    this.pools[instance] = pool;
    this.markets[instance] = market;
    this.launchedAt[instance] = launchedAt;
    this.used[instance] = 0;
    this.kept[instance] = 0;
    this.firstTask[instance] = -1;
    this.imageAt[instance] = Infinity;
    return instance;
  }

  enter(instance: number, state: InstanceState): void {
    const left = this.state(instance);
    if (left !== InstanceState.gone) {
      this.counts[left] = (this.counts[left] ?? 0) - 1;
    }
    if (state === InstanceState.gone) {
      this.free.push(instance);
    } else {
      this.counts[state] = (this.counts[state] ?? 0) + 1;
    }
    this.states[instance] = state;
  }

  state(instance: number): InstanceState {
    return (this.states[instance] ?? 0) as InstanceState;
  }

  pool(instance: number): number {
    return this.pools[instance] ?? 0;
  }

  market(instance: number): Market {
    return (this.markets[instance] ?? 0) as Market;
  }

  private grow(): void {
    const length = Math.max(16, 2 * this.states.length);
    this.states = grown(this.states, length);
    this.pools = grown(this.pools, length);
    this.markets = grown(this.markets, length);
    this.used = grown(this.used, length);
    this.kept = grown(this.kept, length);
    this.firstTask = grown(this.firstTask, length);
    this.imageAt = grownFloats(this.imageAt, length);
    this.launchedAt = grownFloats(this.launchedAt, length);
    this.timers.reserve(length);
  }
}

function grownFloats(array: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(array);
  return larger;
}
