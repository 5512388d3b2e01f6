import type { TaskDemand } from "../fit";
import { waitProbability } from "./erlang";
import type { WorkloadModel } from "./scaling-model";

/** A task as servers of a queue: one for each started vCPU of its reservation, each as fast as its part of it. */
export interface TaskServers {
  readonly serversPerTask: number;
  /** Requests a second that one server completes. */
  readonly serverRate: number;
  /** Requests a second that a task completes at 100 percent of its reserved CPU. */
  readonly taskRate: number;
}

/** What a task of so much CPU does of a workload. */
export function taskServers(task: TaskDemand, workload: WorkloadModel): TaskServers {
  const taskRate = (1000 * task.cpuUnits) / 1024 / workload.cpuMillisecondsPerRequest;
  const serversPerTask = Math.ceil(task.cpuUnits / 1024);
  return { serversPerTask, serverRate: taskRate / serversPerTask, taskRate };
}

/**
 * Time that a queue has to build up before a load changes. A stationary queue is infinite at full load; within
 * this time it reaches no more than a random walk does.
 */
const BUILD_UP_SECONDS = 60;

/** So small a share of requests that wait is none: it moves no figure that anybody reads. */
export const NO_WAIT = 1e-7;

/**
 * How long requests take at a moment, without their waiting for others: an M/M/c queue (service and arrivals
 * at random, the load balancer finds a free server) behind what has piled up before.
 */
export class ResponseTime {
  /** Requests a second that a server completes. */
  serverRate = 0;
  /** Share of requests that find no free server. */
  waitShare = 0;
  /** Requests a second by which the queue shrinks: 1 / mean wait of those that wait. */
  drainRate = 1;

  /** @param longestWait seconds after which a request gives up waiting for a server */
  constructor(public longestWait: number) {}

  /** Of arrivals a second at so many servers; at or over full load every request waits. */
  set(serverRate: number, servers: number, arrivalRate: number): void {
    const capacity = servers * serverRate;
    this.serverRate = serverRate;
    this.waitShare = waitProbability(servers, arrivalRate / serverRate);
    // A reflected random walk of variance 2 x capacity a second is at sqrt(4 x capacity x time / pi) on average.
    const least = Math.sqrt((Math.PI * capacity) / (4 * BUILD_UP_SECONDS));
    this.drainRate = Math.max(capacity - arrivalRate, least);
  }

  /** Share of requests that take longer than so many seconds. */
  slowerShare(seconds: number): number {
    return seconds <= 0 ? 1 : this.slowerShareOf(seconds, Math.exp(-this.serverRate * seconds));
  }

  /** The same where the share whose mere service takes longer is known already. */
  slowerShareOf(seconds: number, served: number): number {
    const { serverRate, drainRate, waitShare } = this;
    if (waitShare < NO_WAIT) {
      return served;
    }
    // Waits are exponential up to the longest, at which the rest of them stands.
    const most = Math.min(seconds, this.longestWait);
    const difference = serverRate - drainRate;
    const atMost = Math.exp(-drainRate * most - serverRate * (seconds - most));
    const within =
      Math.abs(difference) < 1e-6 * serverRate
        ? served * drainRate * most
        : (drainRate * (atMost - served)) / difference;
    const waited = within + atMost;
    return (1 - waitShare) * served + waitShare * waited;
  }
}
