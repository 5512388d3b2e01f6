import type { StackConfig } from "../stack-config";
import type { ClusterPlan, ObservabilityPlan } from "./stack-plan";

/** Plans what the cluster itself reports. */
export function planCluster({ observability, deletionProtection }: StackConfig): ClusterPlan {
  const { containerInsights, logRetentionDays } = observability;
  return { containerInsights, logRetentionDays, deletionProtection };
}

/** Plans alarms and dashboard; `maxInstances` is the group's maximum, at which an alarm goes off. */
export function planObservability(config: StackConfig, maxInstances: number): ObservabilityPlan {
  const { notifiesByEmail, latencyAlarmMilliseconds } = config.observability;
  return {
    notifiesByEmail,
    latencyAlarmMilliseconds,
    minTasks: config.scaling.minTasks,
    maxInstances,
  };
}
