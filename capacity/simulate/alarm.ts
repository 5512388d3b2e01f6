/** Datapoints of an alarm, and on which side of its threshold they must all lie. */
export interface AlarmRule {
  readonly direction: "above" | "below";
  readonly threshold: number;
  readonly datapoints: number;
}

/** Slack for thresholds that are no binary fraction, such as 0.9 x 35. */
const SLACK = 1e-9;

/**
 * A CloudWatch alarm that needs every one of its datapoints: n out of n, strictly above or below. A missing
 * datapoint is no breach; the alarm begins to count again.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export class Alarm {
  private breaches = 0;

  constructor(private readonly rule: AlarmRule) {}

  get inAlarm(): boolean {
    return this.breaches >= this.rule.datapoints;
  }

  push(value: number): void {
    const { direction, threshold } = this.rule;
    const breaches = direction === "above" ? value > threshold + SLACK : value < threshold - SLACK;
    this.breaches = breaches ? this.breaches + 1 : 0;
  }

  reset(): void {
    this.breaches = 0;
  }
}
