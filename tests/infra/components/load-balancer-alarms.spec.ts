import assert from "node:assert/strict";
import { LoadBalancerAlarms } from "../../../infra/components/load-balancer-alarms";
import { underMocks } from "../../support/program-under-mocks";

const TOPIC_ARN = "arn:aws:sns:eu-central-1:123456789012:web-1";
const LOAD_BALANCER = { LoadBalancer: "app/web-1/abc" };
const TARGET = { ...LOAD_BALANCER, TargetGroup: "targetgroup/web-target-1/def" };
const EVERYWHERE = {
  alarmActions: [TOPIC_ARN],
  okActions: [TOPIC_ARN],
  treatMissingData: "notBreaching",
};

const declare = () =>
  underMocks(() => {
    const { rollbackAlarmNames, alarmArns } = new LoadBalancerAlarms("web", {
      topicArn: TOPIC_ARN,
      loadBalancerArnSuffix: LOAD_BALANCER.LoadBalancer,
      targetGroupArnSuffix: TARGET.TargetGroup,
      latencyMilliseconds: 1500,
    });
    return { rollbackAlarmNames, alarmArns };
  });

const sum = (id: string, metricName: string) => ({
  id,
  metric: {
    namespace: "AWS/ApplicationELB",
    metricName,
    dimensions: LOAD_BALANCER,
    stat: "Sum",
    period: 60,
  },
});

describe("LoadBalancerAlarms", () => {
  it("is three alarms", async () => {
    const { resources } = await declare();

    assert.deepEqual(resources.map(({ type, name }) => `${type} ${name}`).sort(), [
      "aws:cloudwatch/metricAlarm:MetricAlarm web-errors",
      "aws:cloudwatch/metricAlarm:MetricAlarm web-latency",
      "aws:cloudwatch/metricAlarm:MetricAlarm web-unhealthy",
      "ecs-on-ec2:index:LoadBalancerAlarms web",
    ]);
  });

  it("goes off when more than 5 % of at least 20 requests a minute fail", async () => {
    const alarm = (await declare()).named("aws:cloudwatch/metricAlarm:MetricAlarm", "web-errors");

    assert.deepEqual(alarm.inputs, {
      ...EVERYWHERE,
      alarmDescription: "More than 5 % of the requests fail with a 5xx status",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 5,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      metricQueries: [
        {
          id: "share",
          label: "failed requests in percent",
          expression:
            "IF(FILL(requests, 0) + FILL(gateway, 0) >= 20, " +
            "100 * (FILL(target, 0) + FILL(gateway, 0)) / (FILL(requests, 0) + FILL(gateway, 0)), 0)",
          returnData: true,
        },
        sum("requests", "RequestCount"),
        sum("target", "HTTPCode_Target_5XX_Count"),
        sum("gateway", "HTTPCode_ELB_5XX_Count"),
      ],
    });
  });

  it("goes off when the p99 of the response time is above the bound, in seconds", async () => {
    const alarm = (await declare()).named("aws:cloudwatch/metricAlarm:MetricAlarm", "web-latency");

    assert.deepEqual(alarm.inputs, {
      ...EVERYWHERE,
      alarmDescription: "1 % of the requests take longer than 1500 ms",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 1.5,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      namespace: "AWS/ApplicationELB",
      metricName: "TargetResponseTime",
      dimensions: TARGET,
      extendedStatistic: "p99",
      period: 60,
      evaluateLowSampleCountPercentiles: "ignore",
    });
  });

  it("goes off when a task stays unhealthy", async () => {
    const alarm = (await declare()).named(
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "web-unhealthy",
    );

    assert.deepEqual(alarm.inputs, {
      ...EVERYWHERE,
      alarmDescription: "A task fails the load balancer's health check",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 5,
      namespace: "AWS/ApplicationELB",
      metricName: "UnHealthyHostCount",
      dimensions: TARGET,
      statistic: "Maximum",
      period: 60,
    });
  });

  it("undoes a deployment for errors and latency, not for unhealthy tasks", async () => {
    const { outputs } = await declare();
    const names = outputs["rollbackAlarmNames"] as string[];

    assert.equal(names.length, 2);
    assert.match(String(names[0]), /^web-errors-[0-9a-f]{7}$/);
    assert.match(String(names[1]), /^web-latency-[0-9a-f]{7}$/);
    assert.equal((outputs["alarmArns"] as string[]).length, 3);
  });
});
