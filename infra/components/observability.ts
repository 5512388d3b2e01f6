import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { buildDashboardUrl } from "../lib/console-url";
import { buildDashboardBody } from "../lib/dashboard-body";
import type { ClusterPlan, ObservabilityPlan, ScheduledBounds } from "../plan/stack-plan";
import type { LocationInput } from "./location";
import { typeToken } from "./type-token";

export interface ObservabilityArgs {
  readonly plan: ObservabilityPlan;
  /** Where the stack lives. */
  readonly location: LocationInput;
  /** Name of the dashboard, unique in account and region. */
  readonly dashboardName: string;
  /** Bounds of the service by schedule, which lower the fewest tasks that are right. */
  readonly scheduled: readonly ScheduledBounds[];
  /** Fewest instances; a group that is this large at most is always at its maximum. */
  readonly minInstances: number;
  /** Other than `disabled` it publishes how many tasks are desired. */
  readonly containerInsights: ClusterPlan["containerInsights"];
  /** Topic that is told when an alarm goes off and when it is over. */
  readonly topicArn: pulumi.Input<string>;
  readonly clusterName: pulumi.Input<string>;
  readonly serviceName: pulumi.Input<string>;
  readonly serviceArn: pulumi.Input<string>;
  readonly capacityProviderName: pulumi.Input<string>;
  readonly autoScalingGroupName: pulumi.Input<string>;
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  readonly targetGroupArnSuffix: pulumi.Input<string>;
  /** Alarms of the load balancer, which the dashboard shows too. */
  readonly loadBalancerAlarmArns: pulumi.Input<string[]>;
}

const PERIOD_SECONDS = 60;
/** Longer than a new instance and a task on it take to come up, so that scaling raises no alarm. */
const PATIENCE_MINUTES = 15;

/**
 * What tells that the service has stopped scaling or deploying, and one page that shows it at work:
 * alarms on missing tasks and on capacity, a rule for failed deployments, a dashboard.
 *
 * Costs: $0.10 a month for each metric of an alarm and $3 for the dashboard beyond the account's first three.
 */
export class Observability extends pulumi.ComponentResource {
  readonly dashboardName: pulumi.Output<string>;
  /** Address of the dashboard in the AWS console. */
  readonly dashboardUrl: pulumi.Output<string>;

  constructor(name: string, args: ObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("Observability"), name, args, opts);
    const { plan } = args;

    const fewest = Math.min(plan.minTasks, ...args.scheduled.map(({ minTasks }) => minTasks));

    const alarms = Object.entries({
      ...(fewest > 0 ? { "few-tasks": fewTasks(args, fewest) } : {}),
      ...(args.containerInsights !== "disabled" ? { "missing-tasks": missingTasks(args) } : {}),
      "missing-instances": missingInstances(args),
      ...(args.minInstances < plan.maxInstances ? { "most-instances": mostInstances(args) } : {}),
    }).map(
      ([role, settings]) =>
        new aws.cloudwatch.MetricAlarm(
          `${name}-${role}`,
          { ...settings, alarmActions: [args.topicArn], okActions: [args.topicArn] },
          { parent: this },
        ),
    );
    const rule = new aws.cloudwatch.EventRule(
      `${name}-failed-deployment`,
      {
        description: `Failed deployments of ${name}`,
        eventPattern: pulumi.jsonStringify({
          source: ["aws.ecs"],
          "detail-type": ["ECS Deployment State Change"],
          resources: [args.serviceArn],
          detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
        }),
      },
      { parent: this },
    );
    new aws.cloudwatch.EventTarget(
      `${name}-failed-deployment`,
      {
        rule: rule.name,
        arn: args.topicArn,
        inputTransformer: {
          inputPaths: { reason: "$.detail.reason", time: "$.time" },
          inputTemplate: pulumi.interpolate`"The deployment of ${args.serviceName} failed at <time>: <reason>"`,
        },
      },
      { parent: this },
    );
    const dashboard = new aws.cloudwatch.Dashboard(
      name,
      {
        dashboardName: args.dashboardName,
        dashboardBody: dashboardBody(
          args,
          alarms.map(({ arn }) => arn),
        ),
      },
      { parent: this },
    );

    this.dashboardName = dashboard.dashboardName;
    this.dashboardUrl = pulumi
      .all([args.location.partition, args.location.region, dashboard.dashboardName])
      .apply(([partition, region, dashboardName]) =>
        buildDashboardUrl({ partition, region }, dashboardName),
      );
    this.registerOutputs({ dashboardName: this.dashboardName, dashboardUrl: this.dashboardUrl });
  }
}

/**
 * Tasks are counted by the samples of a metric that ECS publishes for free, one a minute and running
 * task. Source: "Amazon ECS CloudWatch metrics" in the ECS Developer Guide, service RUNNING task count.
 */
function fewTasks({ clusterName, serviceName }: ObservabilityArgs, fewest: number) {
  return {
    alarmDescription: `Fewer tasks run than the minimum of ${String(fewest)}`,
    namespace: "AWS/ECS",
    metricName: "CPUUtilization",
    dimensions: { ClusterName: clusterName, ServiceName: serviceName },
    statistic: "SampleCount",
    period: PERIOD_SECONDS,
    comparisonOperator: "LessThanThreshold",
    threshold: fewest,
    evaluationPeriods: PATIENCE_MINUTES,
    // Without a task there is no sample, and that is the worst case of all.
    treatMissingData: "breaching",
  };
}

function missingTasks({ clusterName, serviceName }: ObservabilityArgs) {
  const average = (id: string, metricName: string) => ({
    id,
    metric: {
      namespace: "ECS/ContainerInsights",
      metricName,
      dimensions: { ClusterName: clusterName, ServiceName: serviceName },
      stat: "Average",
      period: PERIOD_SECONDS,
    },
  });
  return {
    alarmDescription: "Fewer tasks run than are desired",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    evaluationPeriods: PATIENCE_MINUTES,
    treatMissingData: "notBreaching",
    metricQueries: [
      {
        id: "missing",
        label: "missing tasks",
        expression: "desired - running",
        returnData: true,
      },
      average("desired", "DesiredTaskCount"),
      average("running", "RunningTaskCount"),
    ],
  };
}

/** Above 100 the capacity provider needs more instances than it has, and does not get them. */
function missingInstances({ clusterName, capacityProviderName }: ObservabilityArgs) {
  return {
    alarmDescription: "Tasks wait for instances that do not come",
    namespace: "AWS/ECS/ManagedScaling",
    metricName: "CapacityProviderReservation",
    dimensions: { CapacityProviderName: capacityProviderName, ClusterName: clusterName },
    statistic: "Average",
    period: PERIOD_SECONDS,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 100,
    evaluationPeriods: PATIENCE_MINUTES,
    treatMissingData: "notBreaching",
  };
}

function mostInstances({ plan, autoScalingGroupName }: ObservabilityArgs) {
  return {
    alarmDescription: `The group is at its maximum of ${String(plan.maxInstances)} instances`,
    namespace: "AWS/AutoScaling",
    metricName: "GroupInServiceInstances",
    dimensions: { AutoScalingGroupName: autoScalingGroupName },
    statistic: "Average",
    period: PERIOD_SECONDS,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: plan.maxInstances,
    evaluationPeriods: PATIENCE_MINUTES,
    treatMissingData: "notBreaching",
  };
}

function dashboardBody(
  args: ObservabilityArgs,
  ownAlarmArns: readonly pulumi.Output<string>[],
): pulumi.Output<string> {
  const subjects = pulumi.output({
    region: args.location.region,
    loadBalancerArnSuffix: args.loadBalancerArnSuffix,
    targetGroupArnSuffix: args.targetGroupArnSuffix,
    clusterName: args.clusterName,
    serviceName: args.serviceName,
    capacityProviderName: args.capacityProviderName,
    autoScalingGroupName: args.autoScalingGroupName,
    alarmArns: pulumi
      .output(args.loadBalancerAlarmArns)
      .apply((arns) => pulumi.all([...arns, ...ownAlarmArns])),
  });
  return pulumi.jsonStringify(subjects.apply(buildDashboardBody));
}
