import assert from "node:assert/strict";
import { drainBudgetWithinDeadline as policy } from "../../../../policies/rules/scaling/drain-budget-within-deadline";
import { type Bag, type Json, UNKNOWN } from "../../../../tools/preview/graph";
import { foundUnder } from "../../probe";
import { judgeStack, type Subject } from "../../../support/judgement";

interface Stack {
  readonly delay?: Json;
  /** What the service's component registers; undefined where the service has no component. */
  readonly stop?: Json;
  readonly containers?: Json;
  readonly group?: Bag;
  readonly template?: Bag;
}

const ON_DEMAND: Bag = {
  instancesDistribution: { onDemandBaseCapacity: 0, onDemandPercentageAboveBaseCapacity: 100 },
};
const SPOT: Bag = {
  instancesDistribution: { onDemandBaseCapacity: 0, onDemandPercentageAboveBaseCapacity: 50 },
};

function stackOf({
  delay = 30,
  stop,
  containers = UNKNOWN,
  group = { mixedInstancesPolicy: SPOT },
  template = {},
}: Stack): readonly Subject[] {
  return [
    ...(stop === undefined
      ? []
      : [
          {
            type: "ecs-on-ec2:index:EcsService",
            name: "component",
            props: { stopTimeoutSeconds: stop },
          },
        ]),
    {
      type: "aws:ecs/service:Service",
      name: "api",
      ...(stop !== undefined && { parent: "component" }),
      props: {
        taskDefinition: UNKNOWN,
        loadBalancers: [{ targetGroupArn: UNKNOWN }],
        capacityProviderStrategies: [{ capacityProvider: UNKNOWN, weight: 1 }],
      },
      refers: {
        taskDefinition: ["task"],
        loadBalancers: ["target-group"],
        capacityProviderStrategies: ["provider"],
      },
    },
    {
      type: "aws:ecs/taskDefinition:TaskDefinition",
      name: "task",
      props: { containerDefinitions: containers },
    },
    {
      type: "aws:lb/targetGroup:TargetGroup",
      name: "target-group",
      props: { arn: UNKNOWN, deregistrationDelay: delay },
    },
    {
      type: "aws:ecs/capacityProvider:CapacityProvider",
      name: "provider",
      props: { autoScalingGroupProvider: { autoScalingGroupArn: UNKNOWN } },
      refers: { autoScalingGroupProvider: ["group"] },
    },
    {
      type: "aws:autoscaling/group:Group",
      name: "group",
      props: { maxSize: 12, ...group },
      refers: { mixedInstancesPolicy: ["template"] },
    },
    { type: "aws:ec2/launchTemplate:LaunchTemplate", name: "template", props: template },
  ];
}

const json = (...stopTimeouts: readonly Json[]) =>
  JSON.stringify(stopTimeouts.map((stopTimeout) => ({ name: "app", stopTimeout })));

const fault = (times: string) =>
  `a task takes ${times}, allowed is at most 120 s on a group that may run Spot instances (prod, policies/limits.ts "drain-budget-within-deadline"); lower deregistrationDelaySeconds or stop_grace_period, or set onDemandPercentageAboveBase to 100`;

describe("drain-budget-within-deadline", () => {
  for (const [what, stack] of [
    ["the whole notice", { delay: 60, stop: 60 }],
    ["texts that are numbers", { delay: "60", stop: "60" }],
    ["containers that say how long", { delay: 60, containers: json(60, 5) }],
    ["containers that say nothing", { delay: 90, containers: json(null) }],
    [
      "On-Demand instances alone",
      { delay: 300, stop: 120, group: { mixedInstancesPolicy: ON_DEMAND } },
    ],
    [
      "an On-Demand base as large as the group",
      {
        delay: 300,
        stop: 120,
        group: {
          mixedInstancesPolicy: {
            instancesDistribution: {
              onDemandBaseCapacity: 12,
              onDemandPercentageAboveBaseCapacity: 0,
            },
          },
        },
      },
    ],
    ["no distribution", { delay: 300, stop: 120, group: {} }],
  ] as const) {
    it(`accepts a service with ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, stackOf(stack)), {
        violations: [],
        subjects: [],
        levels: [],
        undecided: false,
      });
    });
  }

  for (const [what, stack, times] of [
    [
      "one second too long",
      { delay: 61, stop: 60 },
      "61 s to be deregistered and 60 s to stop, 121 s",
    ],
    ["the provider's delay", { delay: null, stop: 2 }, "300 s to be deregistered alone"],
    ["a delay that is no number", { delay: "long", stop: 2 }, "300 s to be deregistered alone"],
    [
      "a delay that is too long whatever the stop",
      { delay: 121 },
      "121 s to be deregistered alone",
    ],
    [
      "the slowest of its containers",
      { delay: 60, containers: json(5, 61) },
      "60 s to be deregistered and 61 s to stop, 121 s",
    ],
    [
      "the time that ECS gives by itself",
      { delay: 91, containers: json(null) },
      "91 s to be deregistered and 30 s to stop, 121 s",
    ],
    [
      "Spot above a base one below the group",
      {
        delay: 61,
        stop: 60,
        group: {
          mixedInstancesPolicy: {
            instancesDistribution: {
              onDemandBaseCapacity: 11,
              onDemandPercentageAboveBaseCapacity: 99,
            },
          },
        },
      },
      "61 s to be deregistered and 60 s to stop, 121 s",
    ],
    [
      "a launch template for Spot",
      {
        delay: 61,
        stop: 60,
        group: {},
        template: { instanceMarketOptions: { marketType: "spot" } },
      },
      "61 s to be deregistered and 60 s to stop, 121 s",
    ],
  ] as const) {
    it(`refuses a service with ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, stackOf(stack)), {
        violations: [fault(times)],
        subjects: ["api"],
        levels: ["mandatory"],
        undecided: false,
      });
    });
  }

  it("advises in dev", async () => {
    assert.deepEqual((await judgeStack(policy, stackOf({ delay: 121 }), "dev")).levels, [
      "advisory",
    ]);
  });

  for (const [what, stack] of [
    ["containers", {}],
    ["stop timeout", { stop: UNKNOWN }],
    ["delay", { delay: UNKNOWN, stop: 60 }],
    ["share of Spot", { delay: 121, group: { mixedInstancesPolicy: UNKNOWN } }],
  ] as const) {
    it(`is undecided on an unknown ${what}`, async () => {
      const { violations, undecided } = await judgeStack(policy, stackOf(stack));

      assert.deepEqual(violations, []);
      assert.equal(undecided, true);
    });
  }

  it("takes the deadline of the limits", async () => {
    const judged = (spotDeadlineSeconds: number) =>
      foundUnder(policy, { spotDeadlineSeconds }, stackOf({ delay: 60, stop: 60 }));

    assert.deepEqual(await judged(120), []);
    assert.equal((await judged(119)).length, 1);
  });
});
