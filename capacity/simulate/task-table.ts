import { grown, TimerWheel } from "./timer-wheel";

/**
 * Where a task stands. From `starting` on ECS counts it as RUNNING and the load balancer knows it as a target;
 * `warming` and `healthy` tasks get requests, and a task holds its place on the instance until it is `gone`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
export const TaskState = {
  gone: 0,
  pulling: 1,
  starting: 2,
  registering: 3,
  warming: 4,
  healthy: 5,
  deregistering: 6,
  stopping: 7,
} as const;

export type TaskState = (typeof TaskState)[keyof typeof TaskState];

/** The tasks that stand on instances: a row each, numbered; rows of tasks that are gone are used again. */
export class TaskTable {
  /** Tasks in each state. */
  readonly counts = new Int32Array(8);
  readonly timers: TimerWheel;
  /** Sum of the times at which the warming tasks end their slow start. */
  warmingDue = 0;
  private states: Int32Array = new Int32Array(0);
  private instances: Int32Array = new Int32Array(0);
  /** 1 for a task that is to be replaced: of an old deployment or on an instance that drains. */
  private outgoing: Int32Array = new Int32Array(0);
  private next: Int32Array = new Int32Array(0);
  private previous: Int32Array = new Int32Array(0);
  private dues: Float64Array = new Float64Array(0);
  private readonly free: number[] = [];

  constructor(horizonTicks: number) {
    this.timers = new TimerWheel(horizonTicks);
  }

  /** A new task at the head of its instance's list. */
  create(instance: number, head: number): number {
    if (this.free.length === 0) {
      this.grow();
    }
    const task = this.free.pop() ?? 0;
    this.instances[task] = instance;
    this.outgoing[task] = 0;
    this.previous[task] = -1;
    this.next[task] = head;
    if (head >= 0) {
      this.previous[head] = task;
    }
    return task;
  }

  /** Moves a task to another state that ends when due, in seconds; the caller sets its timer. */
  enter(task: number, state: TaskState, due: number): void {
    const left = this.state(task);
    if (left === TaskState.warming) {
      this.warmingDue -= this.dues[task] ?? 0;
    }
    if (state === TaskState.warming) {
      this.warmingDue += due;
    }
    if (left !== TaskState.gone) {
      this.counts[left] = (this.counts[left] ?? 0) - 1;
    }
    if (state !== TaskState.gone) {
      this.counts[state] = (this.counts[state] ?? 0) + 1;
    }
    this.states[task] = state;
    this.dues[task] = due;
  }

  /** Takes a task that is gone off its instance's list and gives the list's head. */
  release(task: number, head: number): number {
    const next = this.next[task] ?? -1;
    const previous = this.previous[task] ?? -1;
    if (previous >= 0) {
      this.next[previous] = next;
    }
    if (next >= 0) {
      this.previous[next] = previous;
    }
    this.free.push(task);
    return previous >= 0 ? head : next;
  }

  state(task: number): TaskState {
    return (this.states[task] ?? 0) as TaskState;
  }

  instance(task: number): number {
    return this.instances[task] ?? -1;
  }

  due(task: number): number {
    return this.dues[task] ?? 0;
  }

  isOutgoing(task: number): boolean {
    return this.outgoing[task] === 1;
  }

  markOutgoing(task: number): void {
    this.outgoing[task] = 1;
  }

  /** The next task of the same instance, or -1. */
  after(task: number): number {
    return this.next[task] ?? -1;
  }

  private grow(): void {
    const present = this.states.length;
    const length = Math.max(64, 2 * present);
    this.states = grown(this.states, length);
    this.instances = grown(this.instances, length);
    this.outgoing = grown(this.outgoing, length);
    this.next = grown(this.next, length);
    this.previous = grown(this.previous, length);
    const dues = new Float64Array(length);
    dues.set(this.dues);
    this.dues = dues;
    this.timers.reserve(length);
    for (let task = length - 1; task >= present; task -= 1) {
      this.free.push(task);
    }
  }
}

/** Whether the task holds its place and is not on its way out. */
export function isActive(state: TaskState): boolean {
  return state >= TaskState.pulling && state <= TaskState.healthy;
}

/** Whether requests come to the task. */
export function isServing(state: TaskState): boolean {
  return state === TaskState.warming || state === TaskState.healthy;
}
