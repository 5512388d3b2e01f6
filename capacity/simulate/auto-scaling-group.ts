import { ceilDiv } from "../instance-bounds";
import { type Cluster, SPOT_NOTICE_SECONDS } from "./cluster";
import { InstanceState, Market } from "./instance-table";
import { onDemandInstances } from "../instances-distribution";
import type { Random } from "./random";
import type { ScalingModel } from "./scaling-model";
import { chooseTerminations } from "./termination";

/** Time for which EC2 is taken to have no Spot capacity of a type that it has just taken back. */
const SPOT_SHORTAGE_SECONDS = 600;

/**
 * The Auto Scaling group: launches what is missing to its desired capacity and terminates what is too much.
 * Instances are spread over the zones, On-Demand and Spot as the distribution says, each of the first type
 * that can be had.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html
 */
export class AutoScalingGroup {
  desired: number;
  /** Seconds at which an instance was last launched. */
  lastLaunchAt = -Infinity;
  /** Instances that were launched, by type and market. */
  readonly launched: Int32Array;
  /** Instances that exist, by type and market: index 2 x type + market. */
  readonly living: Int32Array;
  private onDemand = 0;
  private readonly inZone: Int32Array;
  private readonly zoneLostUntil: Float64Array;
  private readonly spotShortUntil: Float64Array;

  constructor(
    private readonly model: ScalingModel,
    private readonly cluster: Cluster,
    private readonly tickSeconds: number,
    private readonly random: Random,
  ) {
    const { group } = model;
    this.desired = group.desiredInstances;
    this.launched = new Int32Array(2 * group.instanceTypes.length);
    this.living = new Int32Array(2 * group.instanceTypes.length);
    this.inZone = new Int32Array(group.availabilityZones);
    this.zoneLostUntil = new Float64Array(group.availabilityZones);
    this.spotShortUntil = new Float64Array(group.instanceTypes.length);
  }

  /** Instances that boot or are registered: what the desired capacity counts. */
  get size(): number {
    const { counts } = this.cluster.instances;
    return (counts[InstanceState.booting] ?? 0) + (counts[InstanceState.registered] ?? 0);
  }

  /** The instances with which a run begins: registered, and no launch that anything waits for. */
  fill(): void {
    while (this.size < this.desired) {
      this.cluster.register(this.launch(-Infinity));
    }
    this.lastLaunchAt = -Infinity;
  }

  /** Registers what has booted, ends what is drained or taken back, then makes the group as large as desired. */
  advance(now: number): void {
    const { instances } = this.cluster;
    const tick = ceilDiv(now, this.tickSeconds);
    for (let it = instances.timers.take(tick); it >= 0; it = instances.timers.take(tick)) {
      if (instances.state(it) === InstanceState.booting) {
        this.cluster.register(it);
      } else {
        this.end(it, now);
      }
    }
    if ((instances.counts[InstanceState.draining] ?? 0) > 0) {
      this.endDrained(now);
    }
    this.launchMissing(now);
    this.terminateSurplus(now);
  }

  /** Ends every instance of a zone and launches none there for so long. Gives how many ended. */
  loseZone(zone: number, now: number, seconds: number): number {
    this.zoneLostUntil[zone] = Math.max(this.zoneLostUntil[zone] ?? 0, now + seconds);
    const lost = this.numbers((instance) => this.zone(instance) === zone);
    for (const instance of lost) {
      this.leave(instance);
      this.end(instance, now);
    }
    return lost.length;
  }

  /** EC2 takes a share of the Spot instances back, rounded up. Gives how many. */
  interruptSpot(share: number, now: number): number {
    const { instances } = this.cluster;
    const spot = this.numbers(
      (it) =>
        instances.market(it) === Market.spot && instances.state(it) !== InstanceState.draining,
    );
    const count = Math.ceil(share * spot.length - 1e-9);
    for (let index = 0; index < count; index += 1) {
      const other = index + Math.floor(this.random() * (spot.length - index));
      const instance = spot[other] ?? 0;
      spot[other] = spot[index] ?? 0;
      this.spotShortUntil[this.type(instance)] = now + SPOT_SHORTAGE_SECONDS;
      this.leave(instance);
      if (instances.state(instance) === InstanceState.booting) {
        this.end(instance, now);
      } else {
        this.cluster.drain(instance, now);
        const due = now + SPOT_NOTICE_SECONDS;
        instances.timers.add(instance, Math.ceil(due / this.tickSeconds));
      }
    }
    return count;
  }

  private launchMissing(now: number): void {
    for (let missing = this.desired - this.size; missing > 0; missing -= 1) {
      if (this.zoneToLaunch(now) < 0) {
        return;
      }
      const instance = this.launch(now);
      const { instanceReadySeconds, instanceReadyJitterSeconds } = this.model.timing;
      const ready =
        now + instanceReadySeconds + (2 * this.random() - 1) * instanceReadyJitterSeconds;
      const tick = Math.max(
        ceilDiv(now, this.tickSeconds) + 1,
        Math.ceil(ready / this.tickSeconds),
      );
      this.cluster.instances.timers.add(instance, tick);
    }
  }

  private launch(now: number): number {
    const { group } = this.model;
    const onDemand = this.onDemand;
    const market =
      onDemand < onDemandInstances(group, this.size + 1) ? Market.onDemand : Market.spot;
    const zone = Math.max(0, this.zoneToLaunch(now));
    const type = market === Market.spot ? this.spotType(now) : 0;
    const instance = this.cluster.launch(zone * group.instanceTypes.length + type, market, now);
    this.lastLaunchAt = now;
    this.onDemand = onDemand + (market === Market.onDemand ? 1 : 0);
    this.inZone[zone] = (this.inZone[zone] ?? 0) + 1;
    const kind = 2 * type + market;
    this.launched[kind] = (this.launched[kind] ?? 0) + 1;
    this.living[kind] = (this.living[kind] ?? 0) + 1;
    return instance;
  }

  /** The zone with the fewest instances among those that are there, or -1. */
  private zoneToLaunch(now: number): number {
    let best = -1;
    for (let zone = 0; zone < this.inZone.length; zone += 1) {
      const there = now < 0 || (this.zoneLostUntil[zone] ?? 0) <= now;
      if (there && (best < 0 || (this.inZone[zone] ?? 0) < (this.inZone[best] ?? 0))) {
        best = zone;
      }
    }
    return best;
  }

  private spotType(now: number): number {
    return Math.max(
      0,
      this.spotShortUntil.findIndex((until) => until <= Math.max(0, now)),
    );
  }

  /** Those that may go: with termination protection the ones without a task. */
  private terminateSurplus(now: number): void {
    const surplus = this.size - this.desired;
    const { managedTerminationProtection, managedDraining } = this.model.capacityProvider;
    if (surplus <= 0 || (managedTerminationProtection && this.cluster.emptyInstances === 0)) {
      return;
    }
    const { instances } = this.cluster;
    const candidates = this.numbers((instance) => {
      const state = instances.state(instance);
      return managedTerminationProtection
        ? state === InstanceState.registered && instances.used[instance] === 0
        : state === InstanceState.registered || state === InstanceState.booting;
    });
    const chosen = chooseTerminations(candidates, surplus, {
      zone: (instance) => this.zone(instance),
      market: (instance) => instances.market(instance),
      launchedAt: (instance) => instances.launchedAt[instance] ?? 0,
      inZone: this.inZone,
      onDemandSurplus: this.onDemand - onDemandInstances(this.model.group, this.desired),
    });
    for (const instance of chosen) {
      this.leave(instance);
      if (managedDraining && (instances.used[instance] ?? 0) > 0) {
        this.cluster.drain(instance, now);
      } else {
        this.end(instance, now);
      }
    }
  }

  private endDrained(now: number): void {
    const { instances } = this.cluster;
    const drained = this.numbers(
      (it) => instances.state(it) === InstanceState.draining && instances.used[it] === 0,
    );
    for (const instance of drained) {
      this.end(instance, now);
    }
  }

  /** Takes the instance out of the group's count; it may still drain. */
  private leave(instance: number): void {
    if (this.cluster.instances.state(instance) === InstanceState.draining) {
      return;
    }
    const zone = this.zone(instance);
    this.inZone[zone] = (this.inZone[zone] ?? 0) - 1;
    if (this.cluster.instances.market(instance) === Market.onDemand) {
      this.onDemand = this.onDemand - 1;
    }
  }

  private end(instance: number, now: number): void {
    const kind = 2 * this.type(instance) + this.cluster.instances.market(instance);
    this.living[kind] = (this.living[kind] ?? 0) - 1;
    this.cluster.remove(instance, now);
  }

  private numbers(accepts: (instance: number) => boolean): number[] {
    const found: number[] = [];
    const { instances } = this.cluster;
    for (let instance = 0; instance < instances.size; instance += 1) {
      if (instances.state(instance) !== InstanceState.gone && accepts(instance)) {
        found.push(instance);
      }
    }
    return found;
  }

  private zone(instance: number): number {
    return this.cluster.pools[this.cluster.instances.pool(instance)]?.zone ?? 0;
  }

  private type(instance: number): number {
    return this.cluster.pools[this.cluster.instances.pool(instance)]?.type ?? 0;
  }
}
