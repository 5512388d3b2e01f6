import { ceilDiv } from "../instance-bounds";
import type { ScalingModel } from "./scaling-model";
import { TaskState, type TaskTable } from "./task-table";

/** Seconds from the registration of a target to its first request: every check must pass. */
function registrationSeconds({ loadBalancer }: ScalingModel): number {
  return loadBalancer.healthCheckIntervalSeconds * loadBalancer.healthyThreshold;
}

/** Ticks within which any change of a task falls due. */
export function lifecycleHorizon(model: ScalingModel, tickSeconds: number): number {
  const { timing, loadBalancer } = model;
  const longest = Math.max(
    timing.imagePullSeconds,
    timing.applicationStartSeconds,
    timing.shutdownSeconds,
    registrationSeconds(model),
    loadBalancer.slowStartSeconds,
    loadBalancer.deregistrationDelaySeconds,
  );
  return Math.ceil(longest / tickSeconds) + 1;
}

/**
 * Moves tasks through their states, each after its time: pull of the image, start, health checks, slow start;
 * on the way out the deregistration delay, then the shutdown.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-connection-draining.html
 */
export class TaskLifecycle {
  /** @param onGone what to do when a task has ended */
  constructor(
    private readonly tasks: TaskTable,
    private readonly model: ScalingModel,
    private readonly tickSeconds: number,
    private readonly onGone: (task: number) => void,
  ) {}

  /** A new task that begins to start when its instance has the image. */
  start(task: number, pulledAt: number, now: number): void {
    this.enter(task, TaskState.pulling, pulledAt, now);
  }

  /** The load balancer lets go of a target first; a container that is not yet one just ends. */
  stop(task: number, now: number): void {
    const { loadBalancer, timing } = this.model;
    const state = this.tasks.state(task);
    if (state === TaskState.pulling) {
      this.enter(task, TaskState.stopping, now, now);
    } else if (state === TaskState.starting) {
      this.enter(task, TaskState.stopping, now + timing.shutdownSeconds, now);
    } else {
      const due = now + loadBalancer.deregistrationDelaySeconds;
      this.enter(task, TaskState.deregistering, due, now);
    }
  }

  /** Moves every task on whose time has come. */
  advance(now: number): void {
    const tick = ceilDiv(now, this.tickSeconds);
    const { timers } = this.tasks;
    for (let task = timers.take(tick); task >= 0; task = timers.take(tick)) {
      this.moveOn(task, now);
    }
  }

  private moveOn(task: number, now: number): void {
    const due = this.tasks.due(task);
    const { timing, loadBalancer } = this.model;
    switch (this.tasks.state(task)) {
      case TaskState.pulling:
        this.enter(task, TaskState.starting, due + timing.applicationStartSeconds, now);
        break;
      case TaskState.starting:
        this.enter(task, TaskState.registering, due + registrationSeconds(this.model), now);
        break;
      case TaskState.registering:
        this.enter(task, TaskState.warming, due + loadBalancer.slowStartSeconds, now);
        break;
      case TaskState.warming:
        this.tasks.enter(task, TaskState.healthy, due);
        break;
      case TaskState.deregistering:
        this.enter(task, TaskState.stopping, due + timing.shutdownSeconds, now);
        break;
      case TaskState.stopping:
        this.onGone(task);
        break;
      case TaskState.healthy:
      case TaskState.gone:
        break;
    }
  }

  private enter(task: number, state: TaskState, due: number, now: number): void {
    this.tasks.enter(task, state, due);
    if (due <= now) {
      this.moveOn(task, now);
    } else {
      this.tasks.timers.add(task, Math.ceil(due / this.tickSeconds));
    }
  }
}
