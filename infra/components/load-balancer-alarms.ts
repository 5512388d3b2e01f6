import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { typeToken } from "./type-token";

export interface LoadBalancerAlarmsArgs {
  /** Topic that is told when an alarm goes off and when it is over. */
  readonly topicArn: pulumi.Input<string>;
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  readonly targetGroupArnSuffix: pulumi.Input<string>;
  /** p99 response time that is too slow. */
  readonly latencyMilliseconds: number;
}

const PERIOD_SECONDS = 60;
/** Share of failed requests that raises the alarm. */
const ERROR_PERCENT = 5;
/** Below this number a minute one failed request would be a share that says nothing. */
const FEWEST_REQUESTS = 20;

/**
 * Alarms on what users see of the service, by the load balancer's metrics alone, so that they exist
 * before the service, which rolls a deployment back on the first two of them. The third would turn
 * on its own cure: a deployment that replaces unhealthy tasks starts with unhealthy tasks.
 *
 * Costs: $0.50 a month.
 */
export class LoadBalancerAlarms extends pulumi.ComponentResource {
  /** Names of the alarms that undo a deployment. */
  readonly rollbackAlarmNames: pulumi.Output<string[]>;
  readonly alarmArns: pulumi.Output<string[]>;

  constructor(name: string, args: LoadBalancerAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("LoadBalancerAlarms"), name, args, opts);
    const loadBalancer = { LoadBalancer: args.loadBalancerArnSuffix };
    const target = { ...loadBalancer, TargetGroup: args.targetGroupArnSuffix };
    const alarm = (role: string, settings: aws.cloudwatch.MetricAlarmArgs) =>
      new aws.cloudwatch.MetricAlarm(
        `${name}-${role}`,
        {
          // Without requests there is nothing that could be slow or fail.
          treatMissingData: "notBreaching",
          alarmActions: [args.topicArn],
          okActions: [args.topicArn],
          ...settings,
        },
        { parent: this },
      );

    const errors = alarm("errors", {
      alarmDescription: `More than ${String(ERROR_PERCENT)} % of the requests fail with a 5xx status`,
      comparisonOperator: "GreaterThanThreshold",
      threshold: ERROR_PERCENT,
      // Two of three minutes: soon enough to undo a deployment, too long for a single bad minute.
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      metricQueries: errorShare(loadBalancer),
    });
    const latency = alarm("latency", {
      alarmDescription: `1 % of the requests take longer than ${String(args.latencyMilliseconds)} ms`,
      comparisonOperator: "GreaterThanThreshold",
      threshold: args.latencyMilliseconds / 1000,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      namespace: "AWS/ApplicationELB",
      metricName: "TargetResponseTime",
      dimensions: target,
      extendedStatistic: "p99",
      period: PERIOD_SECONDS,
      // The p99 of a handful of requests is their slowest one.
      evaluateLowSampleCountPercentiles: "ignore",
    });
    const unhealthy = alarm("unhealthy", {
      alarmDescription: "A task fails the load balancer's health check",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      // ECS replaces an unhealthy task by itself; five minutes of them are more than that.
      evaluationPeriods: 5,
      namespace: "AWS/ApplicationELB",
      metricName: "UnHealthyHostCount",
      dimensions: target,
      statistic: "Maximum",
      period: PERIOD_SECONDS,
    });

    this.rollbackAlarmNames = pulumi.all([errors.name, latency.name]);
    this.alarmArns = pulumi.all([errors.arn, latency.arn, unhealthy.arn]);
    this.registerOutputs({
      rollbackAlarmNames: this.rollbackAlarmNames,
      alarmArns: this.alarmArns,
    });
  }
}

/**
 * Percentage of the requests that fail, be it in a task or because the load balancer reaches none.
 * RequestCount leaves out requests for which no target could be chosen, so that the load balancer's
 * own errors are added to both sides.
 */
function errorShare(
  dimensions: Record<string, pulumi.Input<string>>,
): aws.types.input.cloudwatch.MetricAlarmMetricQuery[] {
  const sum = (id: string, metricName: string) => ({
    id,
    metric: {
      namespace: "AWS/ApplicationELB",
      metricName,
      dimensions,
      stat: "Sum",
      period: PERIOD_SECONDS,
    },
  });
  const requests = "FILL(requests, 0) + FILL(gateway, 0)";
  return [
    {
      id: "share",
      label: "failed requests in percent",
      expression:
        `IF(${requests} >= ${String(FEWEST_REQUESTS)}, ` +
        `100 * (FILL(target, 0) + FILL(gateway, 0)) / (${requests}), 0)`,
      returnData: true,
    },
    sum("requests", "RequestCount"),
    sum("target", "HTTPCode_Target_5XX_Count"),
    sum("gateway", "HTTPCode_ELB_5XX_Count"),
  ];
}
