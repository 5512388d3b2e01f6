import { Alarm } from "./alarm";
import { MetricWindow } from "./metric-window";
import type { ScalingModel, TargetTrackingPolicy } from "./scaling-model";
import {
  isCoolingDown,
  mayScaleOut,
  proposedCapacity,
  type ScaleOut,
  serviceAlarms,
} from "./target-tracking";

/** What Application Auto Scaling sees of a service when it decides. */
export interface ServiceView {
  readonly runningTasks: number;
  readonly deploying: boolean;
}

/** A change of the desired tasks, with its reason in words. */
export interface ServiceChange {
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

class PolicyState {
  readonly metric: MetricWindow;
  readonly high: Alarm;
  readonly low: Alarm;
  latest = NaN;

  constructor(
    readonly policy: TargetTrackingPolicy,
    startsAt: number,
    lagSeconds: number,
  ) {
    const { high, low } = serviceAlarms(policy);
    this.metric = new MetricWindow(startsAt, policy.periodSeconds, lagSeconds);
    this.high = new Alarm(high);
    this.low = new Alarm(low);
  }
}

/**
 * Application Auto Scaling of the service's desired tasks: out if one policy says so, in only if all that may
 * scale in do; the largest proposal wins. It works from the tasks that run, not from those that are desired,
 * and while a scale-out cools down from those that ran before it, so that capacity on its way counts.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html
 */
export class ServiceScaling {
  desired: number;
  minTasks: number;
  maxTasks: number;
  private readonly policies: readonly PolicyState[];
  private lastOut: ScaleOut | undefined;
  private lastIn: { readonly atSeconds: number } | undefined;

  constructor({ service, timing }: ScalingModel, startsAt: number) {
    this.desired = service.desiredTasks;
    this.minTasks = service.minTasks;
    this.maxTasks = service.maxTasks;
    this.policies = service.policies.map(
      (policy) => new PolicyState(policy, startsAt, timing.metricLagSeconds[policy.periodSeconds]),
    );
  }

  /** What held for so many seconds; NaN where there was nothing to measure. */
  measure(cpuPercent: number, requestsPerTargetMinute: number, seconds: number): void {
    for (const { policy, metric } of this.policies) {
      metric.add(policy.metric === "cpu" ? cpuPercent : requestsPerTargetMinute, seconds);
    }
  }

  /**
   * New bounds by a scheduled action, which pulls the desired tasks within them at once.
   *
   * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
   */
  setBounds(minTasks: number, maxTasks: number, name: string): ServiceChange | undefined {
    this.minTasks = minTasks;
    this.maxTasks = maxTasks;
    const from = this.desired;
    this.desired = this.clamp(from);
    if (this.desired === from) {
      return undefined;
    }
    const bound = this.desired > from ? "minTasks" : "maxTasks";
    return { from, to: this.desired, reason: `${bound} by schedule ${name}` };
  }

  /** Reads the datapoints that have become visible and scales by them. */
  step(now: number, view: ServiceView): ServiceChange | undefined {
    let news = false;
    for (const state of this.policies) {
      state.metric.close(now);
      while (state.metric.hasVisible(now)) {
        state.latest = state.metric.read();
        state.high.push(state.latest);
        state.low.push(state.latest);
        news = true;
      }
    }
    return news ? (this.scaleOut(now, view) ?? this.scaleIn(now, view)) : undefined;
  }

  private scaleOut(now: number, { runningTasks }: ServiceView): ServiceChange | undefined {
    let best: PolicyState | undefined;
    let wanted = this.desired;
    for (const state of this.policies) {
      const cooldown = state.policy.scaleOutCooldownSeconds;
      const fromNothing = this.desired === 0 && runningTasks === 0 && state.latest > 0;
      if (!state.high.inAlarm && !fromNothing) {
        continue;
      }
      const base = isCoolingDown(this.lastOut, cooldown, now)
        ? (this.lastOut?.from ?? runningTasks)
        : runningTasks;
      const proposed = this.clamp(proposedCapacity(base, state.latest, state.policy.target));
      if (proposed > wanted && mayScaleOut(proposed, this.lastOut, cooldown, now)) {
        wanted = proposed;
        best = state;
      }
    }
    if (best === undefined) {
      return undefined;
    }
    const cooling = isCoolingDown(this.lastOut, best.policy.scaleOutCooldownSeconds, now);
    const base = cooling ? (this.lastOut?.from ?? runningTasks) : runningTasks;
    this.lastOut = { atSeconds: now, from: base, to: wanted };
    this.lastIn = undefined;
    return this.change(wanted, best, "above");
  }

  private scaleIn(
    now: number,
    { runningTasks, deploying }: ServiceView,
  ): ServiceChange | undefined {
    const able = this.policies.filter(({ policy }) => !policy.scaleInDisabled);
    if (deploying || able.length === 0 || !able.every(({ low }) => low.inAlarm)) {
      return undefined;
    }
    let best: PolicyState | undefined;
    let wanted = -1;
    for (const state of able) {
      const proposed = this.clamp(
        proposedCapacity(runningTasks, state.latest, state.policy.target),
      );
      if (proposed > wanted) {
        wanted = proposed;
        best = state;
      }
    }
    if (
      best === undefined ||
      wanted >= this.desired ||
      isCoolingDown(this.lastIn, best.policy.scaleInCooldownSeconds, now)
    ) {
      return undefined;
    }
    this.lastIn = { atSeconds: now };
    return this.change(wanted, best, "below");
  }

  private change(to: number, { policy, latest }: PolicyState, side: string): ServiceChange {
    const from = this.desired;
    this.desired = to;
    const reason =
      policy.metric === "cpu"
        ? `cpu ${Math.round(latest)} % ${side} ${policy.target} %`
        : `${Math.round(latest)} requests per target ${side} ${policy.target}`;
    return { from, to, reason };
  }

  private clamp(tasks: number): number {
    return Math.min(this.maxTasks, Math.max(this.minTasks, tasks));
  }
}
