/** Targets that died with their instance and that the load balancer has not yet found unhealthy. */
export class DeadTargets {
  count = 0;
  private readonly untils: number[] = [];
  private readonly counts: number[] = [];

  /** @param detectionSeconds health check interval x unhealthy threshold */
  constructor(private readonly detectionSeconds: number) {}

  add(targets: number, now: number): void {
    if (targets > 0) {
      this.untils.push(now + this.detectionSeconds);
      this.counts.push(targets);
      this.count += targets;
    }
  }

  advance(now: number): void {
    while ((this.untils[0] ?? Infinity) <= now) {
      this.untils.shift();
      this.count -= this.counts.shift() ?? 0;
    }
  }
}
