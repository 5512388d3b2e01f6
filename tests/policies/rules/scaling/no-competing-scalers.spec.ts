import assert from "node:assert/strict";
import { noCompetingScalers as policy } from "../../../../policies/rules/scaling/no-competing-scalers";
import { type Bag, type Json, UNKNOWN } from "../../../../tools/preview/graph";
import { foundUnder } from "../../probe";
import { judgeStack, type Subject } from "../../../support/judgement";

const GROUP: Subject = {
  type: "aws:autoscaling/group:Group",
  name: "group",
  props: { name: UNKNOWN },
};

const provider = (name: string, status: Json = "ENABLED"): Subject => ({
  type: "aws:ecs/capacityProvider:CapacityProvider",
  name,
  props: { autoScalingGroupProvider: { autoScalingGroupArn: UNKNOWN, managedScaling: { status } } },
  refers: { autoScalingGroupProvider: ["group"] },
});

const groupPolicy = (props: Bag = {}): Subject => ({
  type: "aws:autoscaling/policy:Policy",
  name: "step",
  props: { autoscalingGroupName: UNKNOWN, policyType: "StepScaling", ...props },
  refers: { autoscalingGroupName: ["group"] },
});

const plan = (scalingInstructions: Json, refers: readonly string[]): Subject => ({
  type: "aws:autoscalingplans/scalingPlan:ScalingPlan",
  name: "plan",
  props: { scalingInstructions },
  refers: { scalingInstructions: refers },
});

const SERVICE: Subject = {
  type: "aws:ecs/service:Service",
  name: "api",
  props: { name: UNKNOWN },
};

const target = (name: string): Subject => ({
  type: "aws:appautoscaling/target:Target",
  name,
  props: { resourceId: UNKNOWN },
  refers: { resourceId: ["api"] },
});

const fault = (got: string, allowed: string, fix: string) =>
  `${got}, allowed is ${allowed} (prod, policies/limits.ts "no-competing-scalers"); ${fix}`;

const onGroup = (got: string, what: string) =>
  fault(got, "the managed scaling of one capacity provider alone", `remove the ${what}`);

describe("no-competing-scalers", () => {
  for (const [what, subjects] of [
    ["a group with its capacity provider alone", [GROUP, provider("cp")]],
    [
      "a scaling policy where ECS does not scale the group",
      [GROUP, provider("cp", "DISABLED"), groupPolicy()],
    ],
    ["a scaling policy where no capacity provider does", [GROUP, groupPolicy()]],
    ["a service with one target", [SERVICE, target("target")]],
    [
      "a scaling plan for a service without a target",
      [SERVICE, plan([{ resourceId: UNKNOWN }], ["api"])],
    ],
    ["a scaling plan for something else", [GROUP, provider("cp"), plan([], [])]],
  ] as const) {
    it(`accepts ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), {
        violations: [],
        subjects: [],
        levels: [],
        undecided: false,
      });
    });
  }

  for (const [what, subjects, subject, violation] of [
    [
      "a scaling policy besides managed scaling",
      [GROUP, provider("cp"), groupPolicy()],
      "step",
      onGroup("a scaling policy scales the group too", "scaling policy"),
    ],
    [
      "predictive scaling besides managed scaling",
      [GROUP, provider("cp"), groupPolicy({ policyType: "PredictiveScaling" })],
      "step",
      onGroup("a scaling policy scales the group too", "scaling policy"),
    ],
    [
      "a second capacity provider",
      [GROUP, provider("cp"), provider("second")],
      "second",
      onGroup("a second capacity provider scales the group", "capacity provider"),
    ],
    [
      "a scaling plan for the group",
      [GROUP, provider("cp"), plan([{ resourceId: UNKNOWN }], ["group"])],
      "plan",
      onGroup("a scaling plan scales the group too", "scaling plan"),
    ],
    [
      "a scaling plan that names the group",
      [
        { ...GROUP, props: { name: "instances" } },
        provider("cp"),
        plan([{ resourceId: "autoScalingGroup/instances" }], []),
      ],
      "plan",
      onGroup("a scaling plan scales the group too", "scaling plan"),
    ],
    [
      "a second target of a service",
      [SERVICE, target("first"), target("second")],
      "second",
      fault(
        "a second scalable target scales the service",
        "one scalable target a service",
        "remove it and add its policies to the first",
      ),
    ],
    [
      "a scaling plan for a service with a target",
      [SERVICE, target("first"), plan([{ resourceId: UNKNOWN }], ["api"])],
      "plan",
      fault(
        "a scaling plan scales the service too",
        "its scalable target alone",
        "remove the service from the scaling plan",
      ),
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), {
        violations: [violation],
        subjects: [subject],
        levels: ["mandatory"],
        undecided: false,
      });
    });
  }

  it("refuses it in dev too", async () => {
    const { levels } = await judgeStack(policy, [GROUP, provider("cp"), groupPolicy()], "dev");

    assert.deepEqual(levels, ["mandatory"]);
  });

  for (const [what, subjects] of [
    ["group of a policy", [GROUP, provider("cp"), { ...groupPolicy(), refers: {} }]],
    ["way of scaling", [GROUP, provider("cp", UNKNOWN), groupPolicy()]],
    ["resource of a plan", [GROUP, provider("cp"), plan([{ resourceId: UNKNOWN }], [])]],
  ] as const) {
    it(`is undecided on an unknown ${what}`, async () => {
      const { violations, undecided } = await judgeStack(policy, subjects);

      assert.deepEqual(violations, []);
      assert.equal(undecided, true);
    });
  }

  it("allows predictive scaling where the limits do, and no other", async () => {
    const judged = (policyType: string) =>
      foundUnder(policy, { allowPredictive: true }, [
        GROUP,
        provider("cp"),
        groupPolicy({ policyType }),
      ]);

    assert.deepEqual(await judged("PredictiveScaling"), []);
    assert.deepEqual(await judged("TargetTrackingScaling"), [
      "a scaling policy scales the group too",
    ]);
  });
});
