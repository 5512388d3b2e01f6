import { dev, type Mutation, prod } from "./mutation";

const logs = prod("aws:cloudwatch:LogGroup web-tasks");
const smallLogs = dev("aws:cloudwatch:LogGroup web-tasks");
const alarm = (name: string) => prod(`aws:cloudwatch:MetricAlarm web-${name}`);

/** What is kept of the logs, and who is told. */
export const OBSERVABILITY: readonly Mutation[] = [
  logs.set({ retentionInDays: 30 }, []),
  logs.set({ retentionInDays: 14 }, ["log-retention-bounds"]),
  logs.set({ retentionInDays: 29 }, ["log-retention-bounds"]),
  logs.set({ retentionInDays: 400 }, []),
  logs.set({ retentionInDays: 401 }, ["log-retention-bounds"]),
  // For ever, which costs more each month
  logs.set({ retentionInDays: 0 }, ["log-retention-bounds"]),
  logs.set({ retentionInDays: undefined }, ["log-retention-bounds"]),
  prod("aws:cloudwatch:LogGroup web-flow-logs").set({ retentionInDays: 545 }, [
    "log-retention-bounds",
  ]),
  smallLogs.set({ retentionInDays: 30 }, []),
  smallLogs.set({ retentionInDays: 60 }, ["log-retention-bounds"]),
  smallLogs.set({ retentionInDays: undefined }, ["log-retention-bounds"]),

  alarm("errors").remove(["required-alarms"]),
  alarm("unhealthy").remove(["required-alarms"]),
  alarm("most-instances").remove(["required-alarms"]),
  // The other one of the two sees to the service.
  alarm("few-tasks").remove([]),
  alarm("few-tasks").remove(["required-alarms"], ["aws:cloudwatch:MetricAlarm web-missing-tasks"]),
  alarm("unhealthy").set({ metricName: "TargetResponseTime" }, ["required-alarms"]),
  alarm("most-instances").set({ threshold: 17 }, ["required-alarms"]),
  alarm("most-instances").set({ comparisonOperator: "GreaterThanThreshold" }, ["required-alarms"]),
  alarm("most-instances").set({}, ["required-alarms"], { dimensions: [] }),
  alarm("few-tasks").set({ actionsEnabled: false }, ["required-alarms"]),
  alarm("unhealthy").set({ alarmActions: [] }, ["required-alarms"]),
  // It rolls a deployment back, which is an action too.
  alarm("latency").set({ alarmActions: undefined }, []),
  prod("aws:autoscaling:Group web").set({ enabledMetrics: ["GroupMinSize"] }, ["required-alarms"]),
];
