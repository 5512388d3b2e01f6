import { DemandedTasks } from "./demanded-tasks";
import { LatencyBins, LatencyHistogram } from "./latency-histogram";
import { ObjectiveMinutes } from "./objective-minutes";
import { RequestQueue } from "./request-queue";
import { ResponseTime, type TaskServers, taskServers } from "./response-time";
import type { ScalingModel } from "./scaling-model";

/** The parts of a step in which a backlog changes are no longer than this, so that waits are told apart. */
const SLICE_SECONDS = 1;

/** The requests of a run: who is served, how fast, and who is lost. */
export class Traffic {
  readonly servers: TaskServers;
  readonly demand: DemandedTasks;
  readonly minutes: ObjectiveMinutes;
  requests = 0;
  served = 0;
  unmet = 0;
  missedRequests = 0;
  /** Of the last step: requests that were lost, and the share of the CPU time of one task that was used a second. */
  lastUnmet = 0;
  lastServed = 0;
  /** Whether more of the last step's requests missed the objective than may. */
  lastMissed = false;
  private readonly queue: RequestQueue;
  private readonly response: ResponseTime;
  private readonly all: LatencyHistogram;
  private readonly sample: LatencyHistogram;
  private readonly objectiveSeconds: number;
  /** Requests of steps alike that the histogram has not seen yet. */
  private pending = 0;
  private healthyShare = NaN;
  private rate = NaN;
  private slowerShare = 0;

  constructor(private readonly model: ScalingModel) {
    const { workload, service } = model;
    this.servers = taskServers(service.task, workload);
    this.demand = new DemandedTasks(this.servers, workload);
    this.minutes = new ObjectiveMinutes(workload.objectiveShare);
    this.queue = new RequestQueue(workload.maxQueueSeconds);
    this.response = new ResponseTime(workload.maxQueueSeconds);
    const bins = new LatencyBins(this.servers.serverRate, workload.maxQueueSeconds);
    this.all = new LatencyHistogram(bins);
    this.sample = new LatencyHistogram(bins);
    this.objectiveSeconds =
      (workload.objectiveMilliseconds - workload.waitMillisecondsPerRequest) / 1000;
  }

  get leftInQueue(): number {
    return this.queue.backlog;
  }

  /**
   * A step that ends now.
   *
   * @param healthyShare healthy tasks, each by its share of a slow start
   * @param deadShare share of the requests that go to targets that are no more
   */
  step(
    arrivals: number,
    healthyShare: number,
    deadShare: number,
    seconds: number,
    now: number,
  ): void {
    const { queue } = this;
    const capacity = healthyShare * this.servers.taskRate;
    const piled = queue.backlog;
    queue.step(arrivals, arrivals * deadShare, capacity, seconds);
    let slow = 0;
    if (queue.served > 0) {
      const rate = (arrivals * (1 - deadShare)) / seconds;
      if (rate !== this.rate || healthyShare !== this.healthyShare) {
        this.turnTo(rate, healthyShare);
      }
      slow =
        piled > 0 || queue.backlog > 0
          ? this.serveBehindBacklog(seconds)
          : queue.served * this.slowerShare;
      if (piled === 0 && queue.backlog === 0) {
        this.pending += queue.served;
      }
    }
    this.requests += arrivals;
    this.served += queue.served;
    this.unmet += queue.unmet;
    this.missedRequests += slow + queue.unmet;
    this.lastUnmet = queue.unmet;
    this.lastServed = queue.served;
    const answered = queue.served + queue.unmet;
    this.lastMissed = slow + queue.unmet > this.model.workload.objectiveShare * answered + 1e-9;
    this.minutes.add(answered, slow + queue.unmet, now);
  }

  /** Response times of the requests since the last sample, in milliseconds; begins a new one. */
  closeSample(): { readonly p50: number; readonly p99: number } {
    this.flush();
    const result = {
      p50: this.milliseconds(this.sample, 0.5),
      p99: this.milliseconds(this.sample, 0.99),
    };
    this.all.merge(this.sample);
    this.sample.clear();
    return result;
  }

  /** Response time in milliseconds of a share of all requests of closed samples. */
  quantile(share: number): number {
    return this.milliseconds(this.all, share);
  }

  private turnTo(rate: number, healthyShare: number): void {
    this.flush();
    this.rate = rate;
    this.healthyShare = healthyShare;
    const { serverRate, serversPerTask } = this.servers;
    this.response.set(serverRate, healthyShare * serversPerTask, rate);
    this.slowerShare = this.response.slowerShare(this.objectiveSeconds);
  }

  private serveBehindBacklog(seconds: number): number {
    const { queue } = this;
    const slices = queue.waitGrowth === 0 ? 1 : Math.ceil(seconds / SLICE_SECONDS);
    const served = queue.served / slices;
    let slow = 0;
    for (let slice = 0; slice < slices; slice += 1) {
      const wait = queue.waitAt(((slice + 0.5) * seconds) / slices);
      this.response.longestWait = this.model.workload.maxQueueSeconds - wait;
      slow += served * this.response.slowerShare(this.objectiveSeconds - wait);
      this.sample.add(served, this.response, wait);
    }
    this.response.longestWait = this.model.workload.maxQueueSeconds;
    return slow;
  }

  private flush(): void {
    if (this.pending > 0) {
      this.sample.add(this.pending, this.response, 0);
      this.pending = 0;
    }
  }

  private milliseconds(histogram: LatencyHistogram, share: number): number {
    const seconds = histogram.quantile(share);
    return seconds === 0 ? 0 : 1000 * seconds + this.model.workload.waitMillisecondsPerRequest;
  }
}
