import assert from "node:assert/strict";
import { requiredAlarms as policy } from "../../../../policies/rules/observability/required-alarms";
import { UNKNOWN, type Bag } from "../../../../tools/preview/graph";
import { judgeStack, type Subject } from "../../../support/judgement";

const alarm = (name: string, metricName: string, on: string, props: Bag = {}): Subject => ({
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  name,
  props: { metricName, alarmActions: [UNKNOWN], dimensions: { Name: UNKNOWN }, ...props },
  refers: { dimensions: [on] },
});

const ERRORS: Subject = {
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  name: "errors",
  props: {
    alarmActions: [UNKNOWN],
    metricQueries: [
      { id: "share", expression: "100 * errors" },
      { id: "errors", metric: { metricName: "HTTPCode_Target_5XX_Count", dimensions: UNKNOWN } },
    ],
  },
  refers: { metricQueries: ["balancer"] },
};

const PARTS = {
  balancer: { type: "aws:lb/loadBalancer:LoadBalancer", name: "balancer", props: {} },
  target: { type: "aws:lb/targetGroup:TargetGroup", name: "target" },
  service: {
    type: "aws:ecs/service:Service",
    name: "service",
    refers: { loadBalancers: ["target"] },
  },
  group: {
    type: "aws:autoscaling/group:Group",
    name: "group",
    props: { minSize: 3, maxSize: 12, enabledMetrics: ["GroupInServiceInstances"] },
  },
  errors: ERRORS,
  unhealthy: alarm("unhealthy", "UnHealthyHostCount", "target"),
  few: alarm("few", "CPUUtilization", "service"),
  most: alarm("most", "GroupInServiceInstances", "group", {
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: 12,
  }),
} satisfies Record<string, Subject>;

const stack = (change: Readonly<Record<string, Subject | undefined>> = {}): readonly Subject[] =>
  Object.values<Subject | undefined>({ ...PARTS, ...change }).filter(
    (subject) => subject !== undefined,
  );

const most = (props: Bag): Subject => ({ ...PARTS.most, props: { ...PARTS.most.props, ...props } });
const group = (props: Bag): Subject => ({
  ...PARTS.group,
  props: { ...PARTS.group.props, ...props },
});
const few = (props: Bag): Subject => ({ ...PARTS.few, props: { ...PARTS.few.props, ...props } });

const WHERE = '(prod, policies/limits.ts "required-alarms")';
const missing = (name: string, metrics: string) =>
  `${name} has no alarm, allowed is one on ${metrics} ${WHERE}; declare an aws.cloudwatch.MetricAlarm with the resource in its dimensions`;
const FAILED = missing("balancer", "HTTPCode_Target_5XX_Count or HTTPCode_ELB_5XX_Count");
const UNWATCHED = missing(
  "service",
  "CPUUtilization or MemoryUtilization or RunningTaskCount or DesiredTaskCount",
);
const SILENT = `group has no alarm at its maximum of 12 instances, allowed is one on GroupInServiceInstances or GroupDesiredCapacity or GroupTotalInstances ${WHERE}; declare an aws.cloudwatch.MetricAlarm with maxSize as its threshold`;
const UNPUBLISHED = `enabledMetrics of group lacks GroupInServiceInstances, allowed is the metric of its alarm ${WHERE}; add it to enabledMetrics of the group`;
const IDLE = `few has no action, allowed is an action for the state ALARM ${WHERE}; put a topic into alarmActions`;
const OFF = `few has its actions turned off, allowed is an action for the state ALARM ${WHERE}; leave actionsEnabled out`;

const ACCEPTED = { violations: [], subjects: [], levels: [], undecided: false };

describe("required-alarms", () => {
  for (const [what, subjects] of [
    ["an alarm on everything", stack()],
    [
      "errors by the load balancer itself",
      stack({ errors: alarm("errors", "HTTPCode_ELB_5XX_Count", "balancer") }),
    ],
    [
      "a network load balancer without failed requests",
      stack({
        errors: undefined,
        balancer: { ...PARTS.balancer, props: { loadBalancerType: "network" } },
      }),
    ],
    ["a target group that no service has", [PARTS.target]],
    [
      "a group of one size without an alarm",
      stack({ most: undefined, group: group({ minSize: 12 }) }),
    ],
    [
      "an alarm below the maximum",
      stack({ most: most({ threshold: 11, comparisonOperator: "GreaterThanThreshold" }) }),
    ],
    [
      "actions that nobody knows yet",
      stack({ few: few({ alarmActions: UNKNOWN, actionsEnabled: true }) }),
    ],
    [
      "an alarm without an action in an alarm that has one",
      [
        ...stack({ few: few({ alarmActions: null }) }),
        {
          type: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
          name: "all",
          refers: { alarmRule: ["few"] },
        },
      ],
    ],
    [
      "an alarm that rolls deployments back",
      stack({
        few: few({ alarmActions: [] }),
        service: { ...PARTS.service, refers: { loadBalancers: ["target"], alarms: ["few"] } },
      }),
    ],
    ["a stack without any of them", []],
  ] as const) {
    it(`accepts ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), ACCEPTED);
    });
  }

  for (const [what, subjects, subject, violation] of [
    ["no alarm on failed requests", stack({ errors: undefined }), "balancer", FAILED],
    [
      "no alarm on failed requests of the other spelling",
      stack({
        errors: undefined,
        balancer: { ...PARTS.balancer, type: "aws:alb/loadBalancer:LoadBalancer" },
      }),
      "balancer",
      FAILED,
    ],
    [
      "another metric of the load balancer",
      stack({ errors: alarm("errors", "RequestCount", "balancer") }),
      "balancer",
      FAILED,
    ],
    [
      "no alarm on unhealthy targets",
      stack({ unhealthy: undefined }),
      "target",
      missing("target", "UnHealthyHostCount or HealthyHostCount"),
    ],
    ["no alarm on the service", stack({ few: undefined }), "service", UNWATCHED],
    [
      "an alarm on the service without a metric",
      stack({ few: few({ metricName: null }) }),
      "service",
      UNWATCHED,
    ],
    ["no alarm on the group", stack({ most: undefined }), "group", SILENT],
    ["an alarm above the maximum", stack({ most: most({ threshold: 13 }) }), "group", SILENT],
    [
      "an alarm only above the maximum",
      stack({ most: most({ comparisonOperator: "GreaterThanThreshold" }) }),
      "group",
      SILENT,
    ],
    [
      "an alarm below a threshold",
      stack({ most: most({ comparisonOperator: "LessThanThreshold" }) }),
      "group",
      SILENT,
    ],
    ["a threshold that is none", stack({ most: most({ threshold: "many" }) }), "group", SILENT],
    [
      "a metric that the group does not publish",
      stack({ group: group({ enabledMetrics: ["GroupMaxSize"] }) }),
      "group",
      UNPUBLISHED,
    ],
    [
      "a group that publishes nothing",
      stack({ group: group({ enabledMetrics: null }) }),
      "group",
      UNPUBLISHED,
    ],
    [
      "an alarm with an empty list of actions",
      stack({ few: few({ alarmActions: [] }) }),
      "few",
      IDLE,
    ],
    ["an alarm without actions", stack({ few: few({ alarmActions: null }) }), "few", IDLE],
    ["an alarm that is off", stack({ few: few({ actionsEnabled: false }) }), "few", OFF],
    [
      "an alarm that a text turns off",
      stack({ few: few({ actionsEnabled: "false" }) }),
      "few",
      OFF,
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), {
        violations: [violation],
        subjects: [subject],
        levels: ["advisory"],
        undecided: false,
      });
    });
  }

  it("is off in dev", async () => {
    assert.deepEqual(await judgeStack(policy, stack({ few: undefined }), "dev"), ACCEPTED);
  });

  it("is undecided on an unknown maximum, and decides the rest", async () => {
    const { violations, undecided } = await judgeStack(
      policy,
      stack({ group: group({ maxSize: UNKNOWN }), few: undefined }),
    );

    assert.equal(undecided, true);
    assert.deepEqual(violations, [UNWATCHED]);
  });
});
