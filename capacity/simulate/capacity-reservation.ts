import { ceilDiv } from "../instance-bounds";
import type { CapacityProviderModel } from "./scaling-model";

/** CapacityProviderReservation, kept as the two whole numbers of its ratio. */
export interface Reservation {
  /** M: instances that are needed. */
  readonly needed: number;
  /** N: instances that run. */
  readonly running: number;
}

/** What the capacity provider sees of its instances and tasks. */
export interface ProviderView {
  /** Instances of the group. */
  readonly instances: number;
  /** Instances that run a task. */
  readonly busyInstances: number;
  /** Tasks in PROVISIONING. */
  readonly waitingTasks: number;
  /** Tasks that fit on the smallest and on the largest of the group's types. */
  readonly smallestFit: number;
  readonly largestFit: number;
}

/**
 * M and N of a moment. While tasks wait, M is a lower bound: the instances there are and as many of the largest
 * type as the waiting tasks fill, within the step limits. Tasks that do not fit the smallest type ask for
 * nothing, and then the metric is at its target, as it is on an empty group, which must not oscillate.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-scaling-behavior.html
 * @see https://github.com/aws/containers-roadmap/issues/653
 */
export function reservationOf(provider: CapacityProviderModel, view: ProviderView): Reservation {
  const { instances, waitingTasks } = view;
  const atTarget = { needed: provider.targetCapacityPercent, running: 100 };
  if (waitingTasks > 0) {
    if (view.smallestFit === 0) {
      return atTarget;
    }
    if (instances === 0) {
      return { needed: 2, running: 1 };
    }
    const add = Math.min(
      provider.maximumScalingStep,
      Math.max(provider.minimumScalingStep, ceilDiv(waitingTasks, view.largestFit)),
    );
    return { needed: instances + add, running: instances };
  }
  return instances === 0 ? atTarget : { needed: view.busyInstances, running: instances };
}

/** Below 0, 0 or above 0 as the reservation is below, at or above the target; exact. */
export function compareToTarget({ needed, running }: Reservation, targetPercent: number): number {
  return Math.sign(100 * needed - targetPercent * running);
}

/**
 * Desired instances that bring the reservation to its target: ceil(current x reservation / target) of whole
 * numbers. No instance counts as one, so a group without any begins with two at a target of 100.
 *
 * @see https://github.com/aws/containers-roadmap/issues/1716
 */
export function desiredInstances(
  current: number,
  { needed, running }: Reservation,
  targetPercent: number,
): number {
  return ceilDiv(Math.max(1, current) * needed * 100, running * targetPercent);
}

/**
 * One step of scale-in: at most half of the group and at least one instance, not below what is wanted.
 *
 * @see https://aws.amazon.com/about-aws/whats-new/2022/09/amazon-ecs-cluster-auto-scaling-faster-scaling-in/
 */
export function scaleInStep(current: number, wanted: number): number {
  return Math.max(wanted, current - Math.max(1, Math.floor(current / 2)));
}
