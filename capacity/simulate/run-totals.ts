import type { ActionLog } from "./action-log";
import type { AutoScalingGroup } from "./auto-scaling-group";
import type { Cluster } from "./cluster";
import { InstanceState, Market } from "./instance-table";
import type { ScalingModel } from "./scaling-model";
import type { Binding, Elasticity, SimulationSummary } from "./simulation";
import type { Traffic } from "./traffic";

/** What a summary takes from the parts of a run. */
export interface RunResults {
  readonly seconds: number;
  readonly traffic: Traffic;
  readonly group: AutoScalingGroup;
  readonly log: ActionLog;
  readonly longestWait: number;
  readonly tasks: Elasticity;
  readonly instances: Elasticity;
}

/** Sums over the steps of a run. */
export class RunTotals {
  private readonly instanceSeconds: Float64Array;
  private readonly bindingSeconds: Record<Binding, number> = {
    nothing: 0,
    detection: 0,
    instances: 0,
    taskStart: 0,
    maxTasks: 0,
    maxInstances: 0,
    placement: 0,
  };
  private peakTasks = 0;
  private peakInstances = 0;
  private taskSeconds = 0;
  private emptyInstanceSeconds = 0;

  constructor(private readonly model: ScalingModel) {
    this.instanceSeconds = new Float64Array(2 * model.group.instanceTypes.length);
  }

  /** A state that held for so many seconds. */
  add(cluster: Cluster, group: AutoScalingGroup, binding: Binding, seconds: number): void {
    for (let kind = 0; kind < this.instanceSeconds.length; kind += 1) {
      this.instanceSeconds[kind] =
        (this.instanceSeconds[kind] ?? 0) + (group.living[kind] ?? 0) * seconds;
    }
    const { counts } = cluster.instances;
    const living = group.size + (counts[InstanceState.draining] ?? 0);
    this.bindingSeconds[binding] += seconds;
    this.peakTasks = Math.max(this.peakTasks, cluster.runningTasks);
    this.peakInstances = Math.max(this.peakInstances, living);
    this.taskSeconds += cluster.placedTasks * seconds;
    this.emptyInstanceSeconds += cluster.emptyInstances * seconds;
  }

  summary(results: RunResults): SimulationSummary {
    const { traffic, group, log } = results;
    const { tasks, instances } = log.counts;
    return {
      seconds: results.seconds,
      requests: traffic.requests,
      served: traffic.served,
      unmet: traffic.unmet,
      leftInQueue: traffic.leftInQueue,
      p50Milliseconds: traffic.quantile(0.5),
      p95Milliseconds: traffic.quantile(0.95),
      p99Milliseconds: traffic.quantile(0.99),
      missedMinutes: traffic.minutes.missed,
      missedRequests: traffic.missedRequests,
      longestMissMinutes: traffic.minutes.longest,
      peakTasks: this.peakTasks,
      peakInstances: this.peakInstances,
      longestProvisioningSeconds: results.longestWait,
      taskSeconds: this.taskSeconds,
      instanceSeconds: this.instanceKinds(group),
      emptyInstanceSeconds: this.emptyInstanceSeconds,
      actions: { tasks, instances, flaps: log.flaps },
      tasks: results.tasks,
      instances: results.instances,
      bindingSeconds: this.bindingSeconds,
    };
  }

  /** Types and markets that ran, in the group's order of preference. */
  private instanceKinds(group: AutoScalingGroup): SimulationSummary["instanceSeconds"] {
    return this.model.group.instanceTypes.flatMap((instanceType, type) =>
      (["onDemand", "spot"] as const).flatMap((market) => {
        const kind = 2 * type + Market[market];
        const instances = group.launched[kind] ?? 0;
        const seconds = this.instanceSeconds[kind] ?? 0;
        return instances > 0 ? [{ instanceType, market, seconds, instances }] : [];
      }),
    );
  }
}
