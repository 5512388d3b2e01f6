import { ResponseTime, type TaskServers } from "./response-time";
import type { WorkloadModel } from "./scaling-model";

/**
 * The least healthy tasks that keep the objective at an arrival rate. Where the service time alone misses the
 * objective, no number keeps it, and the least that serves every request counts.
 */
export class DemandedTasks {
  private readonly response: ResponseTime;
  private readonly objectiveSeconds: number;
  private readonly reachable: boolean;
  private rate = 0;
  private tasks = 0;

  constructor(
    private readonly servers: TaskServers,
    private readonly workload: WorkloadModel,
  ) {
    this.objectiveSeconds =
      (workload.objectiveMilliseconds - workload.waitMillisecondsPerRequest) / 1000;
    this.response = new ResponseTime(workload.maxQueueSeconds);
    this.response.serverRate = servers.serverRate;
    this.reachable = this.response.slowerShare(this.objectiveSeconds) < workload.objectiveShare;
  }

  /** Of so many requests a second; 0 of none. */
  at(rate: number): number {
    if (rate !== this.rate) {
      this.rate = rate;
      this.tasks = rate <= 0 ? 0 : this.search(rate);
    }
    return this.tasks;
  }

  /** Loads change little from one step to the next: outwards from the last answer, in doubling steps, then by halves. */
  private search(rate: number): number {
    const least = Math.floor(rate / this.servers.taskRate) + 1;
    if (!this.reachable) {
      return least;
    }
    let enough = Math.max(least, this.tasks);
    let tooFew = least - 1;
    for (let step = 1; !this.suffices(enough, rate); step *= 2) {
      tooFew = enough;
      enough += step;
    }
    for (let step = 1; enough - step > tooFew; step *= 2) {
      if (!this.suffices(enough - step, rate)) {
        tooFew = enough - step;
        break;
      }
      enough -= step;
    }
    while (enough - tooFew > 1) {
      const middle = Math.floor((enough + tooFew) / 2);
      if (this.suffices(middle, rate)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return enough;
  }

  private suffices(tasks: number, rate: number): boolean {
    this.response.set(this.servers.serverRate, tasks * this.servers.serversPerTask, rate);
    return this.response.slowerShare(this.objectiveSeconds) <= this.workload.objectiveShare;
  }
}
