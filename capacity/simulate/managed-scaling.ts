import {
  compareToTarget,
  desiredInstances,
  type ProviderView,
  type Reservation,
  reservationOf,
  scaleInStep,
} from "./capacity-reservation";
import type { CapacityProviderModel, GroupModel } from "./scaling-model";

/**
 * ECS publishes the reservation once a minute.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html
 */
const PERIOD_SECONDS = 60;

/** From the sample to the alarm: its period of a minute, and half a minute until CloudWatch evaluates it. */
const ALARM_DELAY_SECONDS = 90;

/**
 * Datapoints below the target before a scale-in; above it one suffices. Both alarms have the target itself as
 * their threshold.
 *
 * @see https://github.com/aws/containers-roadmap/issues/1220
 */
const LOW_DATAPOINTS = 15;

/** A change of the group's desired capacity, with its reason in words. */
export interface GroupChange {
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/** What managed scaling sees of the group when it acts. */
export interface GroupView {
  readonly desired: number;
  /** Instances that boot or are registered. */
  readonly instances: number;
  readonly lastLaunchAt: number;
}

/** A datapoint, with the instances that there were. */
interface Sample {
  readonly visibleAt: number;
  readonly instances: number;
  readonly reservation: Reservation;
}

/**
 * Managed scaling of a capacity provider: the reservation each minute, a scale-out by the first datapoint above
 * the target, a scale-in by fifteen below it and then each minute. Neither begins while an instance warms up.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-scaling-behavior.html
 */
export class ManagedScaling {
  private nextSampleAt: number;
  private readonly samples: Sample[] = [];
  private lows = 0;

  constructor(
    private readonly provider: CapacityProviderModel,
    private readonly group: Pick<GroupModel, "minInstances" | "maxInstances">,
    startsAt: number,
  ) {
    this.nextSampleAt = (Math.floor(startsAt / PERIOD_SECONDS) + 1) * PERIOD_SECONDS - startsAt;
  }

  /** Whether a sample is due. */
  isDue(now: number): boolean {
    return this.provider.managedScaling && now >= this.nextSampleAt;
  }

  sample(view: ProviderView): void {
    this.samples.push({
      visibleAt: this.nextSampleAt + ALARM_DELAY_SECONDS,
      instances: view.instances,
      reservation: reservationOf(this.provider, view),
    });
    this.nextSampleAt += PERIOD_SECONDS;
  }

  step(now: number, view: GroupView): GroupChange | undefined {
    const sample = this.samples[0];
    if (sample === undefined || sample.visibleAt > now) {
      return undefined;
    }
    this.samples.shift();
    const side = compareToTarget(sample.reservation, this.provider.targetCapacityPercent);
    this.lows = side < 0 ? this.lows + 1 : 0;
    const warmsUp = now - view.lastLaunchAt < this.provider.instanceWarmupSeconds;
    if (side === 0 || warmsUp) {
      return undefined;
    }
    return side > 0 ? this.scaleOut(view, sample) : this.scaleIn(view, sample);
  }

  private scaleOut({ desired }: GroupView, sample: Sample): GroupChange | undefined {
    const to = Math.max(
      this.group.minInstances,
      Math.min(this.group.maxInstances, this.wanted(sample)),
    );
    return to > desired ? this.change(desired, to, sample.reservation, "above") : undefined;
  }

  private scaleIn({ desired, instances }: GroupView, sample: Sample): GroupChange | undefined {
    if (this.lows < LOW_DATAPOINTS) {
      return undefined;
    }
    const to = Math.max(this.group.minInstances, scaleInStep(instances, this.wanted(sample)));
    return to < desired ? this.change(desired, to, sample.reservation, "below") : undefined;
  }

  /** The metric is of the instances of its time: applied to those of now it would halve a group twice. */
  private wanted({ instances, reservation }: Sample): number {
    return desiredInstances(instances, reservation, this.provider.targetCapacityPercent);
  }

  private change(
    from: number,
    to: number,
    { needed, running }: Reservation,
    side: string,
  ): GroupChange {
    const percent = Math.floor((100 * needed) / running);
    const target = this.provider.targetCapacityPercent;
    return { from, to, reason: `reservation ${percent} % ${side} ${target} %` };
  }
}
