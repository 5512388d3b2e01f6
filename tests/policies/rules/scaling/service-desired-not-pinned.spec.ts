import assert from "node:assert/strict";
import { serviceDesiredNotPinned as policy } from "../../../../policies/rules/scaling/service-desired-not-pinned";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { judgeStack, type Subject } from "../../../support/judgement";

const service = (ignoreChanges: readonly string[], name = "api"): Subject => ({
  type: "aws:ecs/service:Service",
  name,
  props: { name: UNKNOWN, desiredCount: UNKNOWN },
  ignoreChanges,
});

const TARGET: Subject = {
  type: "aws:appautoscaling/target:Target",
  name: "target",
  props: { resourceId: UNKNOWN },
  refers: { resourceId: ["api"] },
};

const VIOLATION =
  'desiredCount is set by every deployment, allowed is a service that only its scaling resizes (prod, policies/limits.ts "service-desired-not-pinned"); add ignoreChanges: ["desiredCount"] to the service';

describe("service-desired-not-pinned", () => {
  for (const [what, subjects] of [
    ["leaves the count to its scaling", [service(["desiredCount"]), TARGET]],
    [
      "does not scale",
      [
        service([]),
        { ...TARGET, refers: { resourceId: ["web"] } },
        service(["desiredCount"], "web"),
      ],
    ],
  ] as const) {
    it(`accepts a service that ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), {
        violations: [],
        subjects: [],
        levels: [],
        undecided: false,
      });
    });
  }

  for (const stack of ["dev", "prod"]) {
    it(`refuses a pinned service that scales in ${stack}`, async () => {
      assert.deepEqual(await judgeStack(policy, [service(["tags"]), TARGET], stack), {
        violations: [VIOLATION.replace("(prod", `(${stack}`)],
        subjects: ["api"],
        levels: ["mandatory"],
        undecided: false,
      });
    });
  }

  it("refuses a pinned service that a literal names", async () => {
    const named = { ...service([]), props: { name: "api", cluster: "main" } };
    const { violations } = await judgeStack(policy, [
      named,
      { type: TARGET.type, props: { resourceId: "service/main/api" } },
    ]);

    assert.deepEqual(violations, [VIOLATION]);
  });

  it("is undecided where the service of a target is unknown", async () => {
    const { violations, undecided } = await judgeStack(policy, [
      service([]),
      { type: TARGET.type, props: { resourceId: "service/main/api" } },
    ]);

    assert.deepEqual(violations, []);
    assert.equal(undecided, true);
  });
});
