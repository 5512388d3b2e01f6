import assert from "node:assert/strict";
import { buildDashboardBody } from "../../../infra/lib/dashboard-body";

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title: string;
    readonly region?: string;
    readonly metrics?: readonly (readonly unknown[])[];
  };
}

const ALARM_ARN = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:web-errors-0123456";

const body = buildDashboardBody({
  region: "eu-central-1",
  loadBalancerArnSuffix: "app/web-1/abc",
  targetGroupArnSuffix: "targetgroup/web-target-2/def",
  clusterName: "web-3",
  serviceName: "web-4",
  capacityProviderName: "cp-web-5",
  autoScalingGroupName: "web-6",
  alarmArns: [ALARM_ARN],
}) as { widgets: readonly Widget[] };

const graphs = body.widgets.slice(1);

/** The metrics of a graph as `namespace/metric{dimensions} statistic`. */
const lines = (title: string): string[] =>
  (graphs.find((widget) => widget.properties.title === title)?.properties.metrics ?? []).map(
    (metric) => {
      const [namespace, name, ...rest] = metric;
      const { stat } = rest.pop() as { stat: string };
      return `${String(namespace)}/${String(name)}{${rest.join(",")}} ${stat}`;
    },
  );

describe("buildDashboardBody", () => {
  it("shows the alarms above everything", () => {
    assert.deepEqual(body.widgets[0], {
      type: "alarm",
      x: 0,
      y: 0,
      width: 24,
      height: 3,
      properties: { title: "Alarms", alarms: [ALARM_ARN] },
    });
  });

  it("shows traffic, errors, latency, tasks and instances, three graphs a row", () => {
    assert.deepEqual(
      graphs.map(({ x, y, properties }) => [x, y, properties.title]),
      [
        [0, 3, "Requests a minute"],
        [8, 3, "Errors a minute"],
        [16, 3, "Response time in seconds"],
        [0, 9, "Running tasks"],
        [8, 9, "Targets of the load balancer"],
        [16, 9, "Use of the tasks' CPU and memory in percent"],
        [0, 15, "Capacity provider reservation in percent"],
        [8, 15, "Instances"],
        [16, 15, "Reserved on the instances in percent"],
      ],
    );
    for (const graph of graphs) {
      assert.deepEqual(
        [graph.type, graph.width, graph.height, graph.properties.region],
        ["metric", 8, 6, "eu-central-1"],
      );
    }
  });

  it("names each metric with the dimensions that CloudWatch knows it by", () => {
    const target = "TargetGroup,targetgroup/web-target-2/def,LoadBalancer,app/web-1/abc";
    const service = "ClusterName,web-3,ServiceName,web-4";
    assert.deepEqual(lines("Requests a minute"), [
      `AWS/ApplicationELB/RequestCount{${target}} Sum`,
      `AWS/ApplicationELB/RequestCountPerTarget{${target}} Sum`,
    ]);
    assert.deepEqual(lines("Errors a minute"), [
      "AWS/ApplicationELB/HTTPCode_Target_5XX_Count{LoadBalancer,app/web-1/abc} Sum",
      "AWS/ApplicationELB/HTTPCode_ELB_5XX_Count{LoadBalancer,app/web-1/abc} Sum",
      "AWS/ApplicationELB/HTTPCode_Target_4XX_Count{LoadBalancer,app/web-1/abc} Sum",
      "AWS/ApplicationELB/RejectedConnectionCount{LoadBalancer,app/web-1/abc} Sum",
    ]);
    assert.deepEqual(lines("Response time in seconds"), [
      `AWS/ApplicationELB/TargetResponseTime{${target}} p50`,
      `AWS/ApplicationELB/TargetResponseTime{${target}} p90`,
      `AWS/ApplicationELB/TargetResponseTime{${target}} p99`,
    ]);
    assert.deepEqual(lines("Running tasks"), [`AWS/ECS/CPUUtilization{${service}} SampleCount`]);
    assert.deepEqual(lines("Targets of the load balancer"), [
      `AWS/ApplicationELB/HealthyHostCount{${target}} Minimum`,
      `AWS/ApplicationELB/UnHealthyHostCount{${target}} Maximum`,
    ]);
    assert.deepEqual(lines("Use of the tasks' CPU and memory in percent"), [
      `AWS/ECS/CPUUtilization{${service}} Average`,
      `AWS/ECS/MemoryUtilization{${service}} Average`,
    ]);
    assert.deepEqual(lines("Capacity provider reservation in percent"), [
      "AWS/ECS/ManagedScaling/CapacityProviderReservation{CapacityProviderName,cp-web-5,ClusterName,web-3} Average",
    ]);
    assert.deepEqual(lines("Instances"), [
      "AWS/AutoScaling/GroupInServiceInstances{AutoScalingGroupName,web-6} Average",
      "AWS/AutoScaling/GroupDesiredCapacity{AutoScalingGroupName,web-6} Average",
      "AWS/AutoScaling/GroupMaxSize{AutoScalingGroupName,web-6} Average",
    ]);
    assert.deepEqual(lines("Reserved on the instances in percent"), [
      "AWS/ECS/CPUReservation{ClusterName,web-3} Average",
      "AWS/ECS/MemoryReservation{ClusterName,web-3} Average",
    ]);
  });
});
