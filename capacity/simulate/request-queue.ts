/**
 * Requests that the healthy tasks cannot take yet, as a fluid. A request that would wait longer than the
 * workload allows is lost, and every one is where no task is healthy: the load balancer answers 503.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export class RequestQueue {
  backlog = 0;
  /** Of the last step, in requests. */
  served = 0;
  unmet = 0;
  /** Wait of a request that is served at the begin of the last step, and by how much it grows each second. */
  waitSeconds = 0;
  waitGrowth = 0;

  constructor(private readonly maxQueueSeconds: number) {}

  /** Moves on by so many seconds in which arrivals come evenly; of these, lost ones reach no task. */
  step(arrivals: number, lost: number, capacityPerSecond: number, seconds: number): void {
    const coming = arrivals - lost;
    if (capacityPerSecond <= 0) {
      this.served = 0;
      this.unmet = lost + coming + this.backlog;
      this.backlog = 0;
      this.waitSeconds = 0;
      this.waitGrowth = 0;
      return;
    }
    this.waitSeconds = Math.min(this.maxQueueSeconds, this.backlog / capacityPerSecond);
    this.waitGrowth = coming / seconds / capacityPerSecond - 1;
    const all = this.backlog + coming;
    this.served = Math.min(all, capacityPerSecond * seconds);
    const left = all - this.served;
    this.backlog = Math.min(left, capacityPerSecond * this.maxQueueSeconds);
    this.unmet = lost + (left - this.backlog);
  }

  /** Wait behind the backlog of a request that is served so many seconds into the last step. */
  waitAt(seconds: number): number {
    const wait = this.waitSeconds + seconds * this.waitGrowth;
    return Math.min(this.maxQueueSeconds, Math.max(0, wait));
  }
}
