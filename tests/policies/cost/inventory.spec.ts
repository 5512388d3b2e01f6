import assert from "node:assert/strict";
import { costInventory } from "../../../policies/cost/inventory";
import { type Bag, UNKNOWN } from "../../../tools/preview/graph";
import type { Subject } from "../../support/judgement";
import { aStack } from "./a-stack";

const inventory = (...subjects: Subject[]) => costInventory(aStack(subjects));

const service = (name: string, desiredCount: number): Subject => ({
  type: "aws:ecs/service:Service",
  name,
  props: { desiredCount },
});
const target = (props: Bag, ...services: string[]): Subject => ({
  type: "aws:appautoscaling/target:Target",
  name: "target",
  props: { serviceNamespace: "ecs", minCapacity: 3, maxCapacity: 20, ...props },
  refers: { resourceId: services },
});
const alarm = (name: string, props: Bag = {}): Subject => ({
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  name,
  props,
});
const tracking = (name: string, metric: string, targetValue: number): Subject => ({
  type: "aws:appautoscaling/policy:Policy",
  name,
  props: {
    policyType: "TargetTrackingScaling",
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: metric, resourceLabel: UNKNOWN },
      targetValue,
    },
  },
});

describe("costInventory", () => {
  it("finds nothing in an empty stack", () => {
    assert.deepEqual(inventory(), {
      region: undefined,
      groups: [],
      tasks: { min: 0, max: 0 },
      requestsPerTaskMinute: undefined,
      applicationLoadBalancers: 0,
      networkLoadBalancers: 0,
      natGateways: 0,
      publicIpv4Addresses: { natGateways: 0, loadBalancers: 0, staticIngress: 0, other: 0 },
      interfaceEndpointZones: 0,
      kmsKeys: 0,
      alarmMetrics: 0,
      dashboards: 0,
      webAcls: 0,
      webAclRules: 0,
      flowLogs: 0,
      insightsClusters: { enabled: 0, enhanced: 0 },
      unreadable: [],
      otherTypes: [],
    });
  });

  it("takes the region of the first resource of AWS that tells it", () => {
    const { region } = inventory(
      { type: "ecs-on-ec2:index:Network", name: "component", props: { region: "us-west-2" } },
      { type: "aws:ec2/vpc:Vpc", name: "vpc", props: { region: UNKNOWN } },
      { type: "aws:kms/key:Key", name: "key", props: { region: "eu-central-1" } },
    );

    assert.equal(region, "eu-central-1");
  });

  describe("tasks", () => {
    for (const [what, subjects, expected] of [
      ["are a service's bounds", [service("web", 5), target({}, "web")], { min: 3, max: 20 }],
      ["are an unscaled service's desired count", [service("web", 5)], { min: 5, max: 5 }],
      [
        "are those of all services",
        [service("web", 5), service("worker", 2), target({}, "web")],
        { min: 5, max: 22 },
      ],
      [
        "are not what else is scaled",
        [target({ serviceNamespace: "dynamodb" })],
        { min: 0, max: 0 },
      ],
      [
        "never fall towards the maximum",
        [service("web", 5), target({ maxCapacity: 1 }, "web")],
        { min: 3, max: 3 },
      ],
    ] as const) {
      it(what, () => {
        assert.deepEqual(inventory(...subjects).tasks, expected);
      });
    }
  });

  it("takes the highest request count that a service is scaled to, and no other metric", () => {
    const cpu = tracking("cpu", "ECSServiceAverageCPUUtilization", 60);
    const requests = tracking("requests", "ALBRequestCountPerTarget", 1000);
    const more = tracking("more", "ALBRequestCountPerTarget", 2000);

    assert.equal(inventory(cpu).requestsPerTaskMinute, undefined);
    assert.equal(inventory(cpu, requests, more).requestsPerTaskMinute, 2000);
  });

  it("counts each metric of an alarm on an expression, and those of scalers' own alarms", () => {
    const queries = [
      { id: "sum", expression: "one + two" },
      { id: "one", metric: { metricName: "One", dimensions: { LoadBalancer: UNKNOWN } } },
      { id: "two", metric: { metricName: "Two" } },
    ];
    const provider = (status: string): Subject => ({
      type: "aws:ecs/capacityProvider:CapacityProvider",
      name: `provider-${status}`,
      props: {
        autoScalingGroupProvider: { autoScalingGroupArn: UNKNOWN, managedScaling: { status } },
      },
    });

    assert.equal(inventory(alarm("plain")).alarmMetrics, 1);
    assert.equal(inventory(alarm("maths", { metricQueries: queries })).alarmMetrics, 2);
    assert.equal(inventory(tracking("cpu", "any", 60)).alarmMetrics, 2);
    assert.equal(inventory(provider("ENABLED"), provider("DISABLED")).alarmMetrics, 2);
  });

  it("counts clusters by their Container Insights", () => {
    const cluster = (name: string, value: string): Subject => ({
      type: "aws:ecs/cluster:Cluster",
      name,
      props: { settings: [{ name: "containerInsights", value }] },
    });

    assert.deepEqual(
      inventory(
        cluster("one", "enhanced"),
        cluster("two", "enabled"),
        cluster("three", "disabled"),
        { type: "aws:ecs/cluster:Cluster", name: "four", props: { settings: UNKNOWN } },
      ).insightsClusters,
      { enabled: 1, enhanced: 1 },
    );
  });

  it("counts keys, dashboards, flow logs, web ACLs and their rules", () => {
    const { kmsKeys, dashboards, flowLogs, webAcls, webAclRules } = inventory(
      { type: "aws:kms/key:Key", name: "key" },
      { type: "aws:cloudwatch/dashboard:Dashboard", name: "dashboard" },
      { type: "aws:ec2/flowLog:FlowLog", name: "flow" },
      { type: "aws:wafv2/webAcl:WebAcl", name: "acl", props: { rules: [{}, {}, {}] } },
      { type: "aws:wafv2/webAcl:WebAcl", name: "other", props: { rules: UNKNOWN } },
    );

    assert.deepEqual([kmsKeys, dashboards, flowLogs, webAcls, webAclRules], [1, 1, 1, 2, 3]);
  });

  it("names types that may cost something and have no line, each once", () => {
    const { otherTypes } = inventory(
      { type: "aws:rds/instance:Instance", name: "one" },
      { type: "aws:rds/instance:Instance", name: "two" },
      { type: "aws:ec2/instance:Instance", name: "three" },
      { type: "aws:iam/role:Role", name: "free" },
      { type: "aws:autoscaling/group:Group", name: "priced", props: { minSize: 0, maxSize: 0 } },
      { type: "docker:index/image:Image", name: "not of AWS" },
    );

    assert.deepEqual(otherTypes, ["aws:ec2/instance:Instance", "aws:rds/instance:Instance"]);
  });
});
