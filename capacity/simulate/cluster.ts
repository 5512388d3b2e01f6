import type { ClusterPool } from "./cluster-pools";
import { DeadTargets } from "./dead-targets";
import { InstanceBuckets } from "./instance-buckets";
import { InstanceState, InstanceTable, type Market } from "./instance-table";
import { Placement } from "./placement";
import type { Random } from "./random";
import type { ScalingModel } from "./scaling-model";
import { lifecycleHorizon, TaskLifecycle } from "./task-lifecycle";
import { isActive, isServing, TaskState, TaskTable } from "./task-table";

/**
 * Notice before EC2 takes a Spot instance back; the agent drains the instance on it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-spot.html
 */
export const SPOT_NOTICE_SECONDS = 120;

/**
 * Instances and the tasks on them. What happens costs time; what stays as it is costs none, so a step in which
 * nothing changes is as cheap with 50,000 tasks as with 5.
 */
export class Cluster {
  readonly tasks: TaskTable;
  readonly instances: InstanceTable;
  readonly deadTargets: DeadTargets;
  /** Active tasks in each zone. */
  readonly zoneTasks: Int32Array;
  /** Active tasks that stay, and active tasks that are to be replaced. */
  keptTasks = 0;
  outgoingTasks = 0;
  /** Tasks that hold a place, those that stop among them. */
  placedTasks = 0;
  /** Registered instances without a task. */
  emptyInstances = 0;
  private readonly room: InstanceBuckets;
  private readonly stoppable: InstanceBuckets;
  private readonly placement: Placement;
  private readonly outgoing: number[] = [];
  private readonly lifecycle: TaskLifecycle;

  constructor(
    private readonly model: ScalingModel,
    readonly pools: readonly ClusterPool[],
    tickSeconds: number,
    random: Random,
  ) {
    const { timing, loadBalancer } = model;
    this.tasks = new TaskTable(lifecycleHorizon(model, tickSeconds));
    this.lifecycle = new TaskLifecycle(this.tasks, model, tickSeconds, (task) => {
      this.free(task);
    });
    const longestBoot = timing.instanceReadySeconds + timing.instanceReadyJitterSeconds;
    const longest = Math.max(longestBoot, SPOT_NOTICE_SECONDS);
    this.instances = new InstanceTable(Math.ceil(longest / tickSeconds) + 1);
    this.deadTargets = new DeadTargets(
      loadBalancer.healthCheckIntervalSeconds * loadBalancer.unhealthyThreshold,
    );
    this.zoneTasks = new Int32Array(model.group.availabilityZones);
    const fits = pools.map(({ fit }) => fit);
    this.room = new InstanceBuckets(fits);
    this.stoppable = new InstanceBuckets(fits);
    this.placement = new Placement(model.service.placement, pools, model.service.task, random);
  }

  get healthyTasks(): number {
    return this.count(TaskState.healthy) + this.count(TaskState.warming);
  }

  /** What ECS counts as RUNNING: from the start of the container to the order to stop. */
  get runningTasks(): number {
    return this.healthyTasks + this.count(TaskState.starting) + this.count(TaskState.registering);
  }

  /** Healthy tasks, each by the share of requests that a slow start gives it. */
  shareOfHealthyTasks(now: number): number {
    const warming = this.count(TaskState.warming);
    if (warming === 0) {
      return this.count(TaskState.healthy);
    }
    const missing =
      (this.tasks.warmingDue - warming * now) / this.model.loadBalancer.slowStartSeconds;
    return this.count(TaskState.healthy) + Math.max(0, warming - missing);
  }

  launch(pool: number, market: Market, now: number): number {
    const instance = this.instances.create(pool, market, now);
    this.room.reserve(instance + 1);
    this.stoppable.reserve(instance + 1);
    this.instances.enter(instance, InstanceState.booting);
    return instance;
  }

  register(instance: number): void {
    this.instances.enter(instance, InstanceState.registered);
    this.emptyInstances += 1;
    this.index(instance);
  }

  /** Takes no more tasks; those it has are to be replaced. */
  drain(instance: number, now: number): void {
    if (this.used(instance) === 0 && this.isRegistered(instance)) {
      this.emptyInstances -= 1;
    }
    this.instances.enter(instance, InstanceState.draining);
    for (let task = this.firstTask(instance); task >= 0;) {
      const next = this.tasks.after(task);
      this.replace(task, now);
      task = next;
    }
    this.index(instance);
  }

  /** Ends an instance and whatever runs on it. */
  remove(instance: number, now: number): void {
    let dead = 0;
    for (let task = this.firstTask(instance); task >= 0; task = this.firstTask(instance)) {
      dead += isServing(this.tasks.state(task)) ? 1 : 0;
      this.deactivate(task);
      this.free(task);
    }
    this.deadTargets.add(dead, now);
    if (this.isRegistered(instance)) {
      this.emptyInstances -= 1;
    }
    this.instances.timers.remove(instance);
    this.instances.enter(instance, InstanceState.gone);
    this.index(instance);
  }

  /**
   * Starts a task where the placement strategy wants it; false where no instance has room.
   *
   * @param since second at which it starts, which may be long past for a task that is there from the begin
   */
  place(now: number, since = now): boolean {
    const instance = this.placement.place(this.room, this.zoneTasks);
    if (instance < 0) {
      return false;
    }
    const { tasks, instances } = this;
    const task = tasks.create(instance, this.firstTask(instance));
    instances.firstTask[instance] = task;
    this.emptyInstances -= this.used(instance) === 0 ? 1 : 0;
    instances.used[instance] = this.used(instance) + 1;
    instances.kept[instance] = (instances.kept[instance] ?? 0) + 1;
    this.keptTasks += 1;
    this.placedTasks += 1;
    this.countInZone(instance, 1);
    this.index(instance);
    const pulled = Math.min(
      instances.imageAt[instance] ?? Infinity,
      since + this.model.timing.imagePullSeconds,
    );
    instances.imageAt[instance] = pulled;
    this.lifecycle.start(task, Math.max(since, pulled), now);
    return true;
  }

  /** Stops a task that was to stay, where the placement strategy wants it; false where there is none. */
  stopSurplus(now: number): boolean {
    const instance = this.placement.stop(this.stoppable, this.zoneTasks);
    if (instance < 0) {
      return false;
    }
    let task = this.firstTask(instance);
    while (!isActive(this.tasks.state(task)) || this.tasks.isOutgoing(task)) {
      task = this.tasks.after(task);
    }
    this.stop(task, now);
    return true;
  }

  /** A new image: every task is to be replaced, and no instance has the image. */
  replaceAll(now: number): void {
    for (let instance = 0; instance < this.instances.size; instance += 1) {
      this.instances.imageAt[instance] = Infinity;
      for (let task = this.firstTask(instance); task >= 0;) {
        const next = this.tasks.after(task);
        this.replace(task, now);
        task = next;
      }
      this.index(instance);
    }
  }

  /** Stops tasks that are to be replaced, as long as so many tasks stay healthy. */
  stopOutgoing(minimumHealthy: number, now: number): void {
    while (this.outgoing.length > 0) {
      const task = this.outgoing[this.outgoing.length - 1] ?? 0;
      const state = this.tasks.state(task);
      if (this.tasks.isOutgoing(task) && isActive(state)) {
        if (isServing(state) && this.healthyTasks <= minimumHealthy) {
          return;
        }
        this.stop(task, now);
      }
      this.outgoing.pop();
    }
  }

  /** Moves on whatever has come to its time. */
  advance(now: number): void {
    this.lifecycle.advance(now);
    this.deadTargets.advance(now);
  }

  private replace(task: number, now: number): void {
    const state = this.tasks.state(task);
    if (!isActive(state) || this.tasks.isOutgoing(task)) {
      return;
    }
    const instance = this.tasks.instance(task);
    this.instances.kept[instance] = (this.instances.kept[instance] ?? 0) - 1;
    this.keptTasks -= 1;
    this.outgoingTasks += 1;
    this.tasks.markOutgoing(task);
    if (state === TaskState.pulling) {
      this.stop(task, now);
    } else {
      this.outgoing.push(task);
    }
  }

  private stop(task: number, now: number): void {
    this.deactivate(task);
    this.index(this.tasks.instance(task));
    this.lifecycle.stop(task, now);
  }

  private deactivate(task: number): void {
    if (!isActive(this.tasks.state(task))) {
      return;
    }
    const instance = this.tasks.instance(task);
    this.countInZone(instance, -1);
    if (this.tasks.isOutgoing(task)) {
      this.outgoingTasks -= 1;
    } else {
      this.keptTasks -= 1;
      this.instances.kept[instance] = (this.instances.kept[instance] ?? 0) - 1;
    }
  }

  private free(task: number): void {
    const instance = this.tasks.instance(task);
    this.tasks.timers.remove(task);
    this.tasks.enter(task, TaskState.gone, 0);
    this.instances.firstTask[instance] = this.tasks.release(task, this.firstTask(instance));
    this.instances.used[instance] = this.used(instance) - 1;
    this.placedTasks -= 1;
    this.emptyInstances += this.used(instance) === 0 && this.isRegistered(instance) ? 1 : 0;
    this.index(instance);
  }

  /** Keeps the instance where placement looks for it. */
  private index(instance: number): void {
    const pool = this.instances.pool(instance);
    const used = this.used(instance);
    const open = this.isRegistered(instance) && used < (this.pools[pool]?.fit ?? 0);
    this.room.set(instance, pool, open ? used : -1);
    const kept = this.instances.kept[instance] ?? 0;
    this.stoppable.set(instance, pool, kept > 0 ? kept : -1);
  }

  private countInZone(instance: number, change: number): void {
    const zone = this.pools[this.instances.pool(instance)]?.zone ?? 0;
    this.zoneTasks[zone] = (this.zoneTasks[zone] ?? 0) + change;
  }

  private count(state: TaskState): number {
    return this.tasks.counts[state] ?? 0;
  }

  private isRegistered(instance: number): boolean {
    return this.instances.state(instance) === InstanceState.registered;
  }

  private used(instance: number): number {
    return this.instances.used[instance] ?? 0;
  }

  private firstTask(instance: number): number {
    return this.instances.firstTask[instance] ?? -1;
  }
}
