import { ceilDiv } from "../instance-bounds";
import { ActionLog } from "./action-log";
import { Arrivals } from "./arrivals";
import { AutoScalingGroup } from "./auto-scaling-group";
import { bindingOf } from "./binding";
import { Cluster } from "./cluster";
import { type ClusterPool, clusterPools } from "./cluster-pools";
import { ElasticityMeter } from "./elasticity";
import { InstanceState } from "./instance-table";
import { type Load, loadSeconds } from "./load";
import { ManagedScaling } from "./managed-scaling";
import { seededRandom } from "./random";
import { runEvent } from "./run-events";
import { RunTotals } from "./run-totals";
import type { ScalingModel } from "./scaling-model";
import { type Occurrence, occurrencesOf } from "./scheduled-actions";
import { SeriesRecorder, sampleSecondsOf, type StepFigures } from "./series-recorder";
import { type ServiceChange, ServiceScaling } from "./service-scaling";
import { ServiceScheduler } from "./service-scheduler";
import type { Binding, Simulation, SimulationEvent, SimulationOptions } from "./simulation";
import { Traffic } from "./traffic";

/** One run of a load against a model, from the state at its begin to the last step. */
export class Run {
  private readonly seconds: number;
  private readonly pools: readonly ClusterPool[];
  private readonly cluster: Cluster;
  private readonly group: AutoScalingGroup;
  private readonly scheduler: ServiceScheduler;
  private readonly scaling: ServiceScaling;
  private readonly managed: ManagedScaling;
  private readonly traffic: Traffic;
  private readonly log = new ActionLog();
  private readonly totals: RunTotals;
  private readonly recorder: SeriesRecorder;
  private readonly taskMeter = new ElasticityMeter();
  private readonly instanceMeter = new ElasticityMeter();
  private readonly arrivals: Arrivals;
  private readonly events: readonly SimulationEvent[];
  private readonly occurrences: readonly Occurrence[];
  private readonly smallestFit: number;
  private readonly largestFit: number;
  private nextEvent = 0;
  private nextOccurrence = 0;
  private binding: Binding = "nothing";

  constructor(
    private readonly model: ScalingModel,
    private readonly load: Load,
    private readonly options: SimulationOptions,
  ) {
    const { tickSeconds, seed, events } = options;
    const random = seededRandom(seed);
    this.seconds = loadSeconds(load);
    this.pools = clusterPools(model);
    this.cluster = new Cluster(model, this.pools, tickSeconds, random);
    this.group = new AutoScalingGroup(model, this.cluster, tickSeconds, random);
    this.scheduler = new ServiceScheduler(model.service, this.cluster, tickSeconds);
    this.scaling = new ServiceScaling(model, load.startsAt);
    this.managed = new ManagedScaling(model.capacityProvider, model.group, load.startsAt);
    this.traffic = new Traffic(model);
    this.totals = new RunTotals(model);
    this.recorder = new SeriesRecorder(this.seconds, sampleSecondsOf(this.seconds, tickSeconds));
    this.arrivals = new Arrivals(load);
    this.events = [...events].sort((a, b) => a.atSeconds - b.atSeconds);
    this.occurrences = occurrencesOf(model.service.scheduled, load.startsAt, this.seconds);
    const fits = this.pools.map(({ fit }) => fit);
    this.smallestFit = Math.min(...fits);
    this.largestFit = Math.max(...fits);
  }

  /** Runs to the end. */
  finish(): Simulation {
    const { tickSeconds, onProgress } = this.options;
    this.group.fill();
    this.scheduler.fill(this.scaling.desired);
    const ticks = Math.ceil(this.seconds / tickSeconds);
    const hundredth = Math.max(1, Math.floor(ticks / 100));
    for (let tick = 0; tick < ticks; tick += 1) {
      this.step(tick * tickSeconds, Math.min(this.seconds, (tick + 1) * tickSeconds));
      if (onProgress !== undefined && (tick + 1) % hundredth === 0) {
        onProgress((tick + 1) / ticks);
      }
    }
    this.closeSample();
    const { seed, events } = this.options;
    return {
      model: this.model,
      load: this.load,
      options: { seed, tickSeconds, events },
      series: this.recorder.series,
      actions: this.log.actions,
      summary: this.totals.summary({
        seconds: this.seconds,
        traffic: this.traffic,
        group: this.group,
        log: this.log,
        longestWait: this.scheduler.longestWait,
        tasks: this.taskMeter.result(),
        instances: this.instanceMeter.result(),
      }),
    };
  }

  /** What holds from one second to another, then what happens at the end of it. */
  private step(from: number, now: number): void {
    this.runEvents(from);
    this.runSchedule(from);
    this.observe(from, now);
    this.cluster.advance(now);
    const change = this.scaling.step(now, {
      runningTasks: this.cluster.runningTasks,
      deploying: this.scheduler.deploying,
    });
    this.record(now, "tasks", change);
    this.scheduler.step(now, this.scaling.desired);
    this.scaleGroup(now);
    this.group.advance(now);
  }

  private observe(from: number, now: number): void {
    const { cluster, traffic, scaling } = this;
    const seconds = now - from;
    const requests = this.arrivals.between(from, now);
    const healthy = cluster.healthyTasks;
    const dead = cluster.deadTargets.count;
    const deadShare = dead === 0 ? 0 : dead / (dead + healthy);
    traffic.step(requests, cluster.shareOfHealthyTasks(from), deadShare, seconds, now);

    const running = cluster.runningTasks;
    const used = traffic.lastServed / seconds / traffic.servers.taskRate;
    const cpuPercent = running === 0 ? 0 : (100 * used) / running;
    scaling.measure(
      running === 0 ? NaN : cpuPercent,
      healthy === 0 && running > 0 ? NaN : ((requests / seconds) * 60) / Math.max(1, healthy),
      seconds,
    );
    const demanded = traffic.demand.at(requests / seconds);
    const demandedInstances = ceilDiv(demanded, Math.max(1, this.pools[0]?.fit ?? 1));
    const registered = cluster.instances.counts[InstanceState.registered] ?? 0;
    const size = this.group.size;
    this.taskMeter.add(healthy, demanded, seconds);
    this.instanceMeter.add(registered, demandedInstances, seconds);
    const binding = this.bindingAt(demanded, healthy);
    this.totals.add(cluster, this.group, binding, seconds);
    const figures: StepFigures = {
      requestsPerSecond: requests / seconds,
      unmetPerSecond: traffic.lastUnmet / seconds,
      cpuPercent,
      desiredTasks: scaling.desired,
      healthyTasks: healthy,
      provisioningTasks: this.scheduler.waiting.count,
      demandedTasks: demanded,
      instances: size + (cluster.instances.counts[InstanceState.draining] ?? 0),
      registeredInstances: registered,
      desiredInstances: this.group.desired,
      demandedInstances,
      emptyInstances: cluster.emptyInstances,
    };
    if (this.recorder.add(figures, binding, seconds)) {
      this.closeSample();
    }
  }

  /** While the objective is missed; a backlog that is left is still the doing of what was binding before. */
  private bindingAt(demandedTasks: number, healthyTasks: number): Binding {
    if (!this.traffic.lastMissed) {
      this.binding = "nothing";
      return "nothing";
    }
    const now = bindingOf({
      demandedTasks,
      healthyTasks,
      presentTasks: this.cluster.keptTasks + this.scheduler.waiting.count,
      waitingTasks: this.scheduler.waiting.count,
      desiredTasks: this.scaling.desired,
      maxTasks: this.scaling.maxTasks,
      instances: this.group.size,
      maxInstances: this.model.group.maxInstances,
      unplaceable:
        this.scheduler.held || (this.smallestFit === 0 && this.scheduler.waiting.count > 0),
    });
    if (now !== "nothing") {
      this.binding = now;
    } else if (this.binding === "nothing") {
      this.binding = "detection";
    }
    return this.binding;
  }

  private closeSample(): void {
    const { p50, p99 } = this.traffic.closeSample();
    this.recorder.close(p50, p99);
  }

  private scaleGroup(now: number): void {
    const { group, managed, cluster } = this;
    while (managed.isDue(now)) {
      managed.sample({
        instances: group.size,
        busyInstances: group.size - cluster.emptyInstances - this.bootingInstances(),
        waitingTasks: this.scheduler.waiting.count,
        smallestFit: this.smallestFit,
        largestFit: this.largestFit,
      });
    }
    const change = managed.step(now, {
      desired: group.desired,
      instances: group.size,
      lastLaunchAt: group.lastLaunchAt,
    });
    if (change !== undefined) {
      group.desired = change.to;
      this.record(now, "instances", change);
    }
  }

  private bootingInstances(): number {
    return this.cluster.instances.counts[InstanceState.booting] ?? 0;
  }

  private runSchedule(now: number): void {
    for (;;) {
      const next = this.occurrences[this.nextOccurrence];
      if (next === undefined || next.atSeconds > now) {
        return;
      }
      const { minTasks, maxTasks, name } = next.action;
      this.record(now, "tasks", this.scaling.setBounds(minTasks, maxTasks, name));
      this.nextOccurrence += 1;
    }
  }

  private runEvents(now: number): void {
    for (;;) {
      const event = this.events[this.nextEvent];
      if (event === undefined || event.atSeconds > now) {
        return;
      }
      const done = runEvent(event, now, this.group, this.scheduler);
      this.log.add({ atSeconds: now, ...done });
      this.nextEvent += 1;
    }
  }

  private record(
    atSeconds: number,
    level: "tasks" | "instances",
    change: ServiceChange | undefined,
  ): void {
    if (change !== undefined) {
      const { from, to, reason } = change;
      this.log.add({ atSeconds, level, from, to, reason });
    }
  }
}
