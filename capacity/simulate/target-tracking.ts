import type { AlarmRule } from "./alarm";
import type { TargetTrackingPolicy } from "./scaling-model";

/**
 * The alarms of a target tracking policy on an ECS service: above the target for 3 datapoints, below 0.9 of it
 * for 15. With datapoints each 20 seconds the low one takes 30, which is 10 minutes.
 *
 * @see https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/ its example of the alarms at a target of 70
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/target-tracking-faster-auto-scaling.html
 */
export function serviceAlarms({
  target,
  periodSeconds,
}: Pick<TargetTrackingPolicy, "target" | "periodSeconds">): {
  readonly high: AlarmRule;
  readonly low: AlarmRule;
} {
  return {
    high: { direction: "above", threshold: target, datapoints: 3 },
    low: {
      direction: "below",
      threshold: 0.9 * target,
      datapoints: periodSeconds === 20 ? 30 : 15,
    },
  };
}

/** Slack below which a product is whole: 3 x 70 / 35 may come out a hair above 6. */
const SLACK = 1e-9;

/**
 * Capacity that brings the metric to its target: ceil(current x metric / target), outwards as inwards, so that
 * a wish for 1.5 more adds 2 and a wish for 1.5 fewer removes 1. From nothing a metric that shows demand
 * gives one.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html
 */
export function proposedCapacity(current: number, metric: number, target: number): number {
  if (current === 0) {
    return metric > 0 ? 1 : 0;
  }
  return Math.ceil((current * metric) / target - SLACK);
}

/** A scale-out that is still in its cooldown: what it started from and what it asked for. */
export interface ScaleOut {
  readonly atSeconds: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Whether a scale-out may follow another: when its cooldown is over, or at once if it is the larger one.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html
 */
export function mayScaleOut(
  proposed: number,
  last: ScaleOut | undefined,
  cooldownSeconds: number,
  now: number,
): boolean {
  return !isCoolingDown(last, cooldownSeconds, now) || proposed > (last?.to ?? 0);
}

export function isCoolingDown(
  last: { readonly atSeconds: number } | undefined,
  cooldownSeconds: number,
  now: number,
): boolean {
  return last !== undefined && now < last.atSeconds + cooldownSeconds;
}
