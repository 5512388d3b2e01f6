import * as cdk from "aws-cdk-lib/core";
import type * as autoscaling from "aws-cdk-lib/aws-autoscaling";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import * as cloudwatch_actions from "aws-cdk-lib/aws-cloudwatch-actions";
import type * as ecs from "aws-cdk-lib/aws-ecs";
import * as elbv2 from "aws-cdk-lib/aws-elasticloadbalancingv2";
import * as events from "aws-cdk-lib/aws-events";
import * as events_targets from "aws-cdk-lib/aws-events-targets";
import * as kms from "aws-cdk-lib/aws-kms";
import * as sns from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

export interface ObservabilityProps {
  readonly cluster: ecs.Cluster;
  readonly service: ecs.Ec2Service;
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  readonly targetGroup: elbv2.ApplicationTargetGroup;
  readonly group: autoscaling.AutoScalingGroup;
  readonly capacityProviderName: string;
  readonly minTasks: number;
  readonly maxInstances: number;
}

interface AlarmCase {
  readonly id: string;
  readonly metric: cloudwatch.IMetric;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly comparisonOperator: cloudwatch.ComparisonOperator;
}

const { GREATER_THAN_THRESHOLD, GREATER_THAN_OR_EQUAL_TO_THRESHOLD } =
  cloudwatch.ComparisonOperator;

/** Encrypted topic, six alarms, the event of a failed deployment and a dashboard. */
export class Observability extends Construct {
  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);

    const topic = new sns.Topic(this, "Alarms", {
      enforceSSL: true,
      masterKey: new kms.Key(this, "Key", { enableKeyRotation: true }),
    });
    const action = new cloudwatch_actions.SnsAction(topic);
    const cases = alarmCases(props);
    for (const { id: name, ...alarm } of cases) {
      new cloudwatch.Alarm(this, name, {
        ...alarm,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      }).addAlarmAction(action);
    }

    new events.Rule(this, "DeploymentFailed", {
      eventPattern: {
        source: ["aws.ecs"],
        detailType: ["ECS Deployment State Change"],
        resources: [props.service.serviceArn],
        detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
      },
      targets: [new events_targets.SnsTopic(topic)],
    });

    new cloudwatch.Dashboard(this, "Dashboard", {
      widgets: [
        cases.map(
          ({ id: title, metric }) =>
            new cloudwatch.GraphWidget({ title, left: [metric], width: 4 }),
        ),
        [
          new cloudwatch.GraphWidget({
            title: "Utilisation",
            left: [props.service.metricCpuUtilization(), props.service.metricMemoryUtilization()],
            width: 12,
          }),
        ],
      ],
    });
  }
}

function alarmCases(props: ObservabilityProps): AlarmCase[] {
  const minute = cdk.Duration.minutes(1);
  const ofService = {
    ClusterName: props.cluster.clusterName,
    ServiceName: props.service.serviceName,
  };
  return [
    {
      id: "ServerErrors",
      metric: props.loadBalancer.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, {
        period: minute,
      }),
      threshold: 10,
      evaluationPeriods: 3,
      comparisonOperator: GREATER_THAN_THRESHOLD,
    },
    {
      id: "Latency",
      metric: props.loadBalancer.metrics.targetResponseTime({ period: minute, statistic: "p99" }),
      threshold: 1,
      evaluationPeriods: 5,
      comparisonOperator: GREATER_THAN_THRESHOLD,
    },
    {
      id: "UnhealthyHosts",
      metric: props.targetGroup.metrics.unhealthyHostCount({ period: minute, statistic: "max" }),
      threshold: 0,
      evaluationPeriods: 3,
      comparisonOperator: GREATER_THAN_THRESHOLD,
    },
    {
      id: "TasksBelowDesired",
      metric: new cloudwatch.MathExpression({
        expression: "desired - running",
        period: minute,
        usingMetrics: {
          desired: insight("DesiredTaskCount", ofService, minute),
          running: insight("RunningTaskCount", ofService, minute),
        },
      }),
      threshold: 0,
      evaluationPeriods: 10,
      comparisonOperator: GREATER_THAN_THRESHOLD,
    },
    {
      id: "CapacityReservation",
      metric: new cloudwatch.Metric({
        namespace: "AWS/ECS/ManagedScaling",
        metricName: "CapacityProviderReservation",
        dimensionsMap: {
          ClusterName: props.cluster.clusterName,
          CapacityProviderName: props.capacityProviderName,
        },
        period: minute,
      }),
      threshold: 100,
      evaluationPeriods: 15,
      comparisonOperator: GREATER_THAN_THRESHOLD,
    },
    {
      id: "GroupAtMaximum",
      metric: new cloudwatch.Metric({
        namespace: "AWS/AutoScaling",
        metricName: "GroupInServiceInstances",
        dimensionsMap: { AutoScalingGroupName: props.group.autoScalingGroupName },
        period: minute,
      }),
      threshold: props.maxInstances,
      evaluationPeriods: 15,
      comparisonOperator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    },
  ];
}

function insight(
  metricName: string,
  dimensionsMap: Record<string, string>,
  period: cdk.Duration,
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: "ECS/ContainerInsights",
    metricName,
    dimensionsMap,
    period,
    statistic: "min",
  });
}
