import { ceilDiv } from "../instance-bounds";

/**
 * Largest capacity of a predictive scaling policy that may go beyond the maximum: a forecast above the maximum
 * raises it to the forecast and its buffer. Runs do not simulate predictive scaling: it needs days of history.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/aas-predictive-scaling-how-it-works.html
 */
export function predictiveMaximum(
  forecast: number,
  maxTasks: number,
  bufferPercent: number,
): number {
  return forecast > maxTasks ? ceilDiv(forecast * (100 + bufferPercent), 100) : maxTasks;
}

/**
 * Tasks that a step scaling policy adds by a percentage, of which at least the magnitude. Runs do not simulate
 * step scaling: a policy with a target needs no steps.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html
 */
export function stepByPercent(current: number, percent: number, minimumMagnitude: number): number {
  return Math.max(minimumMagnitude, Math.floor((current * percent) / 100));
}
