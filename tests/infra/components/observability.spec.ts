import assert from "node:assert/strict";
import { Observability, type ObservabilityArgs } from "../../../infra/components/observability";
import { buildDashboardBody } from "../../../infra/lib/dashboard-body";
import { underMocks } from "../../support/program-under-mocks";
import { aStackPlan } from "../../support/stack-plans";

const TOPIC_ARN = "arn:aws:sns:eu-central-1:123456789012:web-1";
const SERVICE_ARN = "arn:aws:ecs:eu-central-1:123456789012:service/web-1/web-2";
const ALARM_ARN = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:web-errors-1";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const ACTIONS = { alarmActions: [TOPIC_ARN], okActions: [TOPIC_ARN] };
const NIGHT = {
  name: "night",
  schedule: "cron(0 20 * * ? *)",
  timezone: "UTC",
  minTasks: 0,
  maxTasks: 1,
};

const { observability } = aStackPlan({ scaling: { minTasks: 2 }, capacity: { maxInstances: 6 } });

const declare = (differences: Partial<ObservabilityArgs> = {}) =>
  underMocks(() => {
    const { dashboardName, dashboardUrl } = new Observability("web", {
      plan: observability,
      location: { partition: "aws", region: "eu-central-1", accountId: "123456789012" },
      dashboardName: "web-dev",
      scheduled: [],
      minInstances: 1,
      containerInsights: "disabled",
      topicArn: TOPIC_ARN,
      clusterName: "web-1",
      serviceName: "web-2",
      serviceArn: SERVICE_ARN,
      capacityProviderName: "cp-web-3",
      autoScalingGroupName: "web-4",
      loadBalancerArnSuffix: "app/web-5/abc",
      targetGroupArnSuffix: "targetgroup/web-target-6/def",
      loadBalancerAlarmArns: [ALARM_ARN],
      ...differences,
    });
    return { dashboardName, dashboardUrl };
  });

describe("Observability", () => {
  it("is three alarms, a rule with its target, and a dashboard", async () => {
    const { resources } = await declare();

    assert.deepEqual(resources.map(({ type, name }) => `${type} ${name}`).sort(), [
      "aws:cloudwatch/dashboard:Dashboard web",
      "aws:cloudwatch/eventRule:EventRule web-failed-deployment",
      "aws:cloudwatch/eventTarget:EventTarget web-failed-deployment",
      "aws:cloudwatch/metricAlarm:MetricAlarm web-few-tasks",
      "aws:cloudwatch/metricAlarm:MetricAlarm web-missing-instances",
      "aws:cloudwatch/metricAlarm:MetricAlarm web-most-instances",
      "ecs-on-ec2:index:Observability web",
    ]);
  });

  it("goes off when fewer tasks run than the minimum, and when none does", async () => {
    assert.deepEqual((await declare()).named(ALARM, "web-few-tasks").inputs, {
      ...ACTIONS,
      alarmDescription: "Fewer tasks run than the minimum of 2",
      namespace: "AWS/ECS",
      metricName: "CPUUtilization",
      dimensions: { ClusterName: "web-1", ServiceName: "web-2" },
      statistic: "SampleCount",
      period: 60,
      comparisonOperator: "LessThanThreshold",
      threshold: 2,
      evaluationPeriods: 15,
      treatMissingData: "breaching",
    });
  });

  it("counts on the lowest minimum of the schedules", async () => {
    const program = await declare({ scheduled: [{ ...NIGHT, minTasks: 1 }] });

    assert.equal(program.named(ALARM, "web-few-tasks").inputs["threshold"], 1);
  });

  it("misses no task where a schedule allows none", async () => {
    const program = await declare({ scheduled: [NIGHT] });

    assert.deepEqual(
      program
        .ofType(ALARM)
        .map(({ name }) => name)
        .sort(),
      ["web-missing-instances", "web-most-instances"],
    );
  });

  it("compares with the desired tasks where Container Insights knows them", async () => {
    for (const containerInsights of ["enabled", "enhanced"] as const) {
      const metric = (id: string, metricName: string) => ({
        id,
        metric: {
          namespace: "ECS/ContainerInsights",
          metricName,
          dimensions: { ClusterName: "web-1", ServiceName: "web-2" },
          stat: "Average",
          period: 60,
        },
      });

      const program = await declare({ containerInsights });

      assert.deepEqual(program.named(ALARM, "web-missing-tasks").inputs, {
        ...ACTIONS,
        alarmDescription: "Fewer tasks run than are desired",
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        evaluationPeriods: 15,
        treatMissingData: "notBreaching",
        metricQueries: [
          {
            id: "missing",
            label: "missing tasks",
            expression: "desired - running",
            returnData: true,
          },
          metric("desired", "DesiredTaskCount"),
          metric("running", "RunningTaskCount"),
        ],
      });
    }
  });

  it("goes off when tasks wait for instances for a quarter of an hour", async () => {
    assert.deepEqual((await declare()).named(ALARM, "web-missing-instances").inputs, {
      ...ACTIONS,
      alarmDescription: "Tasks wait for instances that do not come",
      namespace: "AWS/ECS/ManagedScaling",
      metricName: "CapacityProviderReservation",
      dimensions: { CapacityProviderName: "cp-web-3", ClusterName: "web-1" },
      statistic: "Average",
      period: 60,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 100,
      evaluationPeriods: 15,
      treatMissingData: "notBreaching",
    });
  });

  it("goes off when the group can grow no more", async () => {
    assert.deepEqual((await declare()).named(ALARM, "web-most-instances").inputs, {
      ...ACTIONS,
      alarmDescription: "The group is at its maximum of 6 instances",
      namespace: "AWS/AutoScaling",
      metricName: "GroupInServiceInstances",
      dimensions: { AutoScalingGroupName: "web-4" },
      statistic: "Average",
      period: 60,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 6,
      evaluationPeriods: 15,
      treatMissingData: "notBreaching",
    });
  });

  it("does not mind the maximum of a group of one size", async () => {
    const program = await declare({ minInstances: 6 });

    assert.deepEqual(
      program
        .ofType(ALARM)
        .map(({ name }) => name)
        .sort(),
      ["web-few-tasks", "web-missing-instances"],
    );
  });

  it("tells of deployments of this service that fail, in a sentence", async () => {
    const program = await declare();
    const rule = program.only("aws:cloudwatch/eventRule:EventRule");
    const target = program.only("aws:cloudwatch/eventTarget:EventTarget");

    assert.deepEqual(JSON.parse(rule.inputs["eventPattern"] as string), {
      source: ["aws.ecs"],
      "detail-type": ["ECS Deployment State Change"],
      resources: [SERVICE_ARN],
      detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
    });
    const { rule: ruleName, ...inputs } = target.inputs;
    assert.match(ruleName as string, /^web-failed-deployment-/);
    assert.deepEqual(inputs, {
      arn: TOPIC_ARN,
      inputTransformer: {
        inputPaths: { reason: "$.detail.reason", time: "$.time" },
        inputTemplate: '"The deployment of web-2 failed at <time>: <reason>"',
      },
    });
  });

  it("shows the service and all alarms on a dashboard, and tells where", async () => {
    const program = await declare();
    const { dashboardName, dashboardBody } = program.only(
      "aws:cloudwatch/dashboard:Dashboard",
    ).inputs;
    const [alarms] = (JSON.parse(dashboardBody as string) as { widgets: [{ properties: unknown }] })
      .widgets;
    const { alarms: alarmArns } = alarms.properties as { alarms: string[] };

    assert.equal(dashboardName, "web-dev");
    assert.equal(alarmArns[0], ALARM_ARN);
    assert.equal(alarmArns.length, 4);
    assert.equal(
      dashboardBody,
      JSON.stringify(
        buildDashboardBody({
          region: "eu-central-1",
          loadBalancerArnSuffix: "app/web-5/abc",
          targetGroupArnSuffix: "targetgroup/web-target-6/def",
          clusterName: "web-1",
          serviceName: "web-2",
          capacityProviderName: "cp-web-3",
          autoScalingGroupName: "web-4",
          alarmArns,
        }),
      ),
    );
    assert.deepEqual(program.outputs, {
      dashboardName: "web-dev",
      dashboardUrl:
        "https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards/dashboard/web-dev",
    });
  });
});
