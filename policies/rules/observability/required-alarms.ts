import { isSet } from "../../known";
import { LOAD_BALANCER_TYPES, TARGET_GROUP_TYPES } from "../../load-balancer-types";
import {
  type Judge,
  stackPolicy,
  type StackResource,
  type StackUnderJudgement,
} from "../../policy";
import { booleanOf, listOf, numberOf, objectOf, textOf } from "../../values";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE_ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const GROUP = "aws:autoscaling/group:Group";
const SERVICE = "aws:ecs/service:Service";

export const requiredAlarms = stackPolicy({
  name: "required-alarms",
  description:
    "Somebody is told when requests fail, targets are unhealthy, a service misbehaves or a group cannot grow.",
  severity: "medium",
  levels: { dev: "disabled", prod: "advisory" },
  frameworks: [
    "Security Hub CloudWatch.15",
    "Security Hub CloudWatch.17",
    "Checkov CKV_AWS_319",
    "cdk-nag AwsSolutions-AS3",
  ],
  remediationSteps:
    "The components LoadBalancerAlarms and Observability declare these alarms with the topic of Notifications as their action. For a load balancer, service or group of your own declare an aws.cloudwatch.MetricAlarm with its name as a dimension and a topic in alarmActions; list the metric in enabledMetrics of the group.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html",
  reads: [ALARM, COMPOSITE_ALARM, GROUP, SERVICE, ...LOAD_BALANCER_TYPES, ...TARGET_GROUP_TYPES],
  check: (stack, judge) => {
    stack.each(stack.ofType(ALARM), (alarm) => {
      checkActs(stack, alarm, judge);
    });
    const loadBalancers = LOAD_BALANCER_TYPES.flatMap((type) => stack.ofType(type));
    stack.each(loadBalancers, (loadBalancer) => {
      if ((loadBalancer.props["loadBalancerType"] ?? "application") === "application") {
        requireAlarm(stack, loadBalancer, FAILED_REQUESTS, judge);
      }
    });
    stack.each(stack.ofType(SERVICE), (service) => {
      requireAlarm(stack, service, SERVICE_METRICS, judge);
    });
    const targetGroups = stack
      .ofType(SERVICE)
      .flatMap((service) =>
        TARGET_GROUP_TYPES.flatMap((type) => stack.referred(service, "loadBalancers", type)),
      );
    stack.each([...new Set(targetGroups)], (targetGroup) => {
      requireAlarm(stack, targetGroup, ["UnHealthyHostCount", "HealthyHostCount"], judge);
    });
    stack.each(stack.ofType(GROUP), (group) => {
      checkGroup(stack, group, judge);
    });
  },
});

type AlarmsJudge = Judge<"required-alarms">;

const FAILED_REQUESTS = ["HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"];
const SERVICE_METRICS = [
  "CPUUtilization",
  "MemoryUtilization",
  "RunningTaskCount",
  "DesiredTaskCount",
];
const GROUP_METRICS = ["GroupInServiceInstances", "GroupDesiredCapacity", "GroupTotalInstances"];

/** An alarm acts by itself, through an alarm that is made of it, or by rolling a deployment back. */
function checkActs(
  stack: StackUnderJudgement,
  alarm: StackResource,
  { violate }: AlarmsJudge,
): void {
  if (
    stack.referring(alarm, "alarmRule", COMPOSITE_ALARM).length > 0 ||
    stack.referring(alarm, "alarms", SERVICE).length > 0
  ) {
    return;
  }
  const isOff = booleanOf(alarm.props["actionsEnabled"]) === false;
  if (isOff || !isSet(alarm.props, "alarmActions")) {
    violate(
      {
        got: `${alarm.name} ${isOff ? "has its actions turned off" : "has no action"}`,
        allowed: "an action for the state ALARM",
        fix: isOff ? "leave actionsEnabled out" : "put a topic into alarmActions",
      },
      alarm.urn,
    );
  }
}

function requireAlarm(
  stack: StackUnderJudgement,
  resource: StackResource,
  metrics: readonly string[],
  { violate }: AlarmsJudge,
): void {
  if (alarmsOn(stack, resource, metrics).length === 0) {
    violate(
      {
        got: `${resource.name} has no alarm`,
        allowed: `one on ${metrics.join(" or ")}`,
        fix: "declare an aws.cloudwatch.MetricAlarm with the resource in its dimensions",
      },
      resource.urn,
    );
  }
}

/** Alarms on one of the metrics of a resource, which a dimension of theirs names. */
function alarmsOn(
  stack: StackUnderJudgement,
  resource: StackResource,
  metrics: readonly string[],
): readonly StackResource[] {
  const named = stack
    .referring(resource, "dimensions", ALARM)
    .filter(({ props }) => metrics.includes(textOf(props["metricName"]) ?? ""));
  const queried = stack
    .referring(resource, "metricQueries", ALARM)
    .filter(({ props }) =>
      listOf(props["metricQueries"]).some((query) =>
        metrics.includes(textOf(objectOf(objectOf(query)["metric"])["metricName"]) ?? ""),
      ),
    );
  return [...named, ...queried];
}

/** A group that cannot grow at all would be in alarm for good, so that it needs none. */
function checkGroup(
  stack: StackUnderJudgement,
  group: StackResource,
  { violate }: AlarmsJudge,
): void {
  const maxSize = numberOf(group.props["maxSize"]);
  const minSize = numberOf(group.props["minSize"]);
  if (maxSize === undefined || (minSize !== undefined && minSize >= maxSize)) {
    return;
  }
  const alarms = alarmsOn(stack, group, GROUP_METRICS).filter((alarm) => tellsOf(alarm, maxSize));
  if (alarms.length === 0) {
    violate(
      {
        got: `${group.name} has no alarm at its maximum of ${String(maxSize)} instances`,
        allowed: `one on ${GROUP_METRICS.join(" or ")}`,
        fix: "declare an aws.cloudwatch.MetricAlarm with maxSize as its threshold",
      },
      group.urn,
    );
    return;
  }
  const published = listOf(group.props["enabledMetrics"]);
  if (!alarms.some(({ props }) => published.includes(props["metricName"]))) {
    violate(
      {
        got: `enabledMetrics of ${group.name} lacks ${String(alarms[0]?.props["metricName"])}`,
        allowed: "the metric of its alarm",
        fix: "add it to enabledMetrics of the group",
      },
      group.urn,
    );
  }
}

/** True where the alarm goes off at a number of instances, and not only above it. */
function tellsOf({ props }: StackResource, instances: number): boolean {
  const threshold = Number(props["threshold"]);
  switch (props["comparisonOperator"]) {
    case "GreaterThanOrEqualToThreshold":
      return instances >= threshold;
    case "GreaterThanThreshold":
      return instances > threshold;
    default:
      return false;
  }
}
