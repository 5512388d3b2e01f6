import assert from "node:assert/strict";
import { healthCheckGrace as policy } from "../../../../policies/rules/scaling/health-check-grace";
import { type Bag, type Json, UNKNOWN } from "../../../../tools/preview/graph";
import { judgeStack, type Subject } from "../../../support/judgement";

const service = (healthCheckGracePeriodSeconds: Json, name = "api"): Subject => ({
  type: "aws:ecs/service:Service",
  name,
  props: { healthCheckGracePeriodSeconds, loadBalancers: [{ targetGroupArn: UNKNOWN }] },
  refers: { loadBalancers: ["target-group"] },
});

const targetGroup = (healthCheck: Json, type = "aws:lb/targetGroup:TargetGroup"): Subject => ({
  type,
  name: "target-group",
  props: { arn: UNKNOWN, healthCheck },
});

const CHECK: Bag = { interval: 10, healthyThreshold: 2 };

const fault = (got: string, least: string) =>
  `healthCheckGracePeriodSeconds is ${got}, allowed is at least ${least} s (prod, policies/limits.ts "health-check-grace"); raise healthCheckGraceSeconds or shorten the health check's interval`;

describe("health-check-grace", () => {
  for (const [what, subjects] of [
    ["the time to be found healthy", [service(20), targetGroup(CHECK)]],
    ["numbers as texts", [service("20"), targetGroup({ interval: "10", healthyThreshold: "2" })]],
    ["the provider's own intervals", [service(90), targetGroup(null)]],
    ["a check that is off", [service(0), targetGroup({ ...CHECK, enabled: false })]],
    [
      "no load balancer",
      [{ type: "aws:ecs/service:Service", name: "api", props: {} }, targetGroup(CHECK)],
    ],
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
    ["one second too few", [service(19), targetGroup(CHECK)], fault("19", "20, 2 checks every 10")],
    [
      "the target group's other token",
      [service(19), targetGroup(CHECK, "aws:alb/targetGroup:TargetGroup")],
      fault("19", "20, 2 checks every 10"),
    ],
    ["no grace period", [service(null), targetGroup(CHECK)], fault("0", "20, 2 checks every 10")],
    [
      "one that is no number",
      [service("long"), targetGroup(CHECK)],
      fault("not a number", "20, 2 checks every 10"),
    ],
    [
      "less than the provider's own intervals",
      [service(89), targetGroup({})],
      fault("89", "90, 3 checks every 30"),
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
    const { levels } = await judgeStack(policy, [service(1), targetGroup(CHECK)], "dev");

    assert.deepEqual(levels, ["advisory"]);
  });

  it("is undecided on an unknown grace period, and decides the other service", async () => {
    const { subjects, undecided } = await judgeStack(policy, [
      service(UNKNOWN),
      service(1, "web"),
      targetGroup(CHECK),
    ]);

    assert.deepEqual(subjects, ["web"]);
    assert.equal(undecided, true);
  });

  it("is undecided on a target group that an unknown literal names", async () => {
    const { violations, undecided } = await judgeStack(policy, [
      { ...service(1), refers: {} },
      targetGroup(CHECK),
    ]);

    assert.deepEqual(violations, []);
    assert.equal(undecided, true);
  });
});
