/** A metric that CloudWatch gets once a period, on absolute bounds of the period, and shows some time later. */
export class MetricWindow {
  private sum = 0;
  private weight = 0;
  private closesAt: number;
  private readonly values: number[] = [];
  private readonly times: number[] = [];

  /** @param startsAt absolute seconds of the run's start */
  constructor(
    startsAt: number,
    private readonly periodSeconds: number,
    private readonly lagSeconds: number,
  ) {
    this.closesAt = (Math.floor(startsAt / periodSeconds) + 1) * periodSeconds - startsAt;
  }

  /** A value that held for so many seconds; NaN where there was nothing to measure. */
  add(value: number, seconds: number): void {
    if (!Number.isNaN(value)) {
      this.sum += value * seconds;
      this.weight += seconds;
    }
  }

  /** Closes the periods that have ended: the mean of what was measured, NaN of a period without. */
  close(now: number): void {
    if (now < this.closesAt) {
      return;
    }
    const value = this.weight > 0 ? this.sum / this.weight : NaN;
    // A step longer than the period ends several, of which it knows one value.
    for (; this.closesAt <= now; this.closesAt += this.periodSeconds) {
      this.values.push(value);
      this.times.push(this.closesAt + this.lagSeconds);
    }
    this.sum = 0;
    this.weight = 0;
  }

  /** Whether a datapoint has become visible that read() has not given yet. */
  hasVisible(now: number): boolean {
    return (this.times[0] ?? Infinity) <= now;
  }

  read(): number {
    this.times.shift();
    return this.values.shift() ?? NaN;
  }
}
