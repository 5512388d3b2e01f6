import assert from "node:assert/strict";
import { serviceAutoscaled as policy } from "../../../../policies/rules/scaling/service-autoscaled";
import { type Bag, UNKNOWN } from "../../../../tools/preview/graph";
import { foundUnder } from "../../probe";
import { judgeStack, type Subject } from "../../../support/judgement";

const service = (props: Bag = {}): Subject => ({
  type: "aws:ecs/service:Service",
  name: "api",
  props: { name: UNKNOWN, ...props },
});

const TARGET: Subject = {
  type: "aws:appautoscaling/target:Target",
  name: "target",
  props: { resourceId: UNKNOWN },
  refers: { resourceId: ["api"] },
};

const POLICY: Subject = {
  type: "aws:appautoscaling/policy:Policy",
  name: "cpu",
  props: { resourceId: UNKNOWN },
  refers: { resourceId: ["target"] },
};

const fault = (got: string, allowed: string, fix: string) =>
  `${got}, allowed is ${allowed} (prod, policies/limits.ts "service-autoscaled"); ${fix}, or list the service in exemptServices`;

describe("service-autoscaled", () => {
  for (const [what, subjects] of [
    ["a target and a policy on it", [service(), TARGET, POLICY]],
    [
      "a policy that refers to the service itself",
      [service(), TARGET, { ...POLICY, refers: { resourceId: ["api"] } }],
    ],
    ["one task an instance", [service({ schedulingStrategy: "DAEMON" })]],
  ] as const) {
    it(`accepts a service with ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), {
        violations: [],
        subjects: [],
        levels: [],
        undecided: false,
      });
    });
  }

  for (const [what, subjects, violation] of [
    [
      "no target",
      [service({ schedulingStrategy: "REPLICA" })],
      fault(
        "the service has no scalable target",
        "a target with at least one scaling policy",
        "add an aws.appautoscaling.Target and a Policy",
      ),
    ],
    [
      "a target without a policy",
      [service(), TARGET],
      fault(
        "the service has a scalable target and no scaling policy",
        "at least one scaling policy",
        "add an aws.appautoscaling.Policy",
      ),
    ],
  ] as const) {
    it(`refuses a service with ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), {
        violations: [violation],
        subjects: ["api"],
        levels: ["mandatory"],
        undecided: false,
      });
    });
  }

  it("advises in dev", async () => {
    assert.deepEqual((await judgeStack(policy, [service()], "dev")).levels, ["advisory"]);
  });

  for (const [what, subjects] of [
    ["whose target names it by an unknown literal", [service(), { ...TARGET, refers: {} }]],
    ["whose policy does", [service(), TARGET, { ...POLICY, refers: {} }]],
    ["whose kind is unknown", [service({ schedulingStrategy: UNKNOWN })]],
  ] as const) {
    it(`is undecided on a service ${what}`, async () => {
      const { violations, undecided } = await judgeStack(policy, subjects);

      assert.deepEqual(violations, []);
      assert.equal(undecided, true);
    });
  }

  it("exempts the services that the limits name", async () => {
    const judged = (...exemptServices: string[]) =>
      foundUnder(policy, { exemptServices }, [service()]);

    assert.deepEqual(await judged("api"), []);
    assert.equal((await judged("web")).length, 1);
  });
});
