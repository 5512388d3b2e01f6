import { healthyTasksDuringDeployment, tasksDuringDeployment } from "../instance-bounds";
import type { Cluster } from "./cluster";
import type { ServiceModel } from "./scaling-model";
import { WaitingTasks } from "./waiting-tasks";

/**
 * Tasks that ECS starts a minute for a service on EC2.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
 */
const LAUNCHES_PER_MINUTE = 500;

/** Tasks of a cluster in PROVISIONING at once; the quota cannot be raised. */
const MOST_PROVISIONING = 500;

/**
 * After this time in PROVISIONING a task is stopped, and the service starts another.
 *
 * @see https://github.com/aws/containers-roadmap/issues/2381
 */
const PROVISIONING_TIMEOUT_SECONDS = 1800;

/** Starts are granted evenly; unused grants of so many seconds may come together. */
const LAUNCH_BURST_SECONDS = 10;

/**
 * The scheduler of an ECS service: keeps the desired tasks running, and replaces those of an old deployment or
 * on an instance that drains within the deployment's percentages.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export class ServiceScheduler {
  readonly waiting = new WaitingTasks();
  deploying = false;
  /** Whether the last step wanted more tasks than a quota of ECS let it create. */
  held = false;
  /** Longest that a task has waited for an instance. */
  longestWait = 0;
  /** In sixtieths of a task, so that it stays whole. */
  private launchCredit = 0;

  constructor(
    private readonly service: ServiceModel,
    private readonly cluster: Cluster,
    private readonly tickSeconds: number,
  ) {}

  /** The tasks with which a run begins; those that find no room wait. */
  fill(desired: number): void {
    this.waiting.add(desired, 0);
    this.place(0, -Number.MAX_SAFE_INTEGER);
  }

  /** A new task definition: every task is to be replaced. Gives how many. */
  deploy(now: number): number {
    const tasks = this.cluster.keptTasks;
    this.cluster.replaceAll(now);
    this.deploying = true;
    return tasks;
  }

  step(now: number, desired: number): void {
    this.longestWait = Math.max(this.longestWait, this.waitOfOldest(now));
    this.waiting.expire(now - PROVISIONING_TIMEOUT_SECONDS);
    if (this.cluster.outgoingTasks > 0) {
      const minimum = healthyTasksDuringDeployment(
        desired,
        this.service.deploymentMinimumHealthyPercent,
      );
      this.cluster.stopOutgoing(minimum, now);
    }
    this.stopSurplus(now, desired);
    this.create(now, desired);
    this.place(now);
    const { keptTasks, outgoingTasks, healthyTasks } = this.cluster;
    if (this.deploying && outgoingTasks === 0 && keptTasks >= desired && healthyTasks >= desired) {
      this.deploying = false;
    }
  }

  private stopSurplus(now: number, desired: number): void {
    let surplus = this.cluster.keptTasks + this.waiting.count - desired;
    if (surplus > 0) {
      surplus -= this.waiting.dropNewest(surplus);
    }
    while (surplus > 0 && this.cluster.stopSurplus(now)) {
      surplus -= 1;
    }
  }

  private create(now: number, desired: number): void {
    const { tickSeconds, cluster, waiting } = this;
    // Less than a task is left over from a step and must not be lost.
    const most = LAUNCHES_PER_MINUTE * Math.max(tickSeconds, LAUNCH_BURST_SECONDS) + 59;
    this.launchCredit = Math.min(most, this.launchCredit + LAUNCHES_PER_MINUTE * tickSeconds);
    const present = cluster.keptTasks + waiting.count;
    const allowed =
      tasksDuringDeployment(desired, this.service.deploymentMaximumPercent) -
      (present + cluster.outgoingTasks);
    const wanted = Math.min(desired - present, allowed);
    const granted = Math.min(
      wanted,
      Math.floor(this.launchCredit / 60),
      MOST_PROVISIONING - waiting.count,
    );
    this.held = granted < wanted;
    if (granted > 0) {
      this.launchCredit -= 60 * granted;
      waiting.add(granted, now);
    }
  }

  private place(now: number, since = now): void {
    while (this.waiting.count > 0) {
      const wait = this.waitOfOldest(now);
      if (!this.cluster.place(now, since)) {
        return;
      }
      this.longestWait = Math.max(this.longestWait, wait);
      this.waiting.take();
    }
  }

  private waitOfOldest(now: number): number {
    return this.waiting.count > 0 ? now - this.waiting.oldest : 0;
  }
}
