import assert from "node:assert/strict";
import { capacityProviderStepWithinGroup as policy } from "../../../../policies/rules/scaling/capacity-provider-step-within-group";
import { type Bag, type Json, UNKNOWN } from "../../../../tools/preview/graph";
import { judgeStack, type Subject } from "../../../support/judgement";

const group = (minSize: Json, maxSize: Json): Subject => ({
  type: "aws:autoscaling/group:Group",
  name: "group",
  props: { minSize, maxSize },
});

const provider = (managedScaling: Bag): Subject => ({
  type: "aws:ecs/capacityProvider:CapacityProvider",
  name: "provider",
  props: { autoScalingGroupProvider: { autoScalingGroupArn: UNKNOWN, managedScaling } },
  refers: { autoScalingGroupProvider: ["group"] },
});

const enabled = (maximumScalingStepSize: Json) =>
  provider({ status: "ENABLED", maximumScalingStepSize });

const fault = (got: string, growth: string) =>
  `maximumScalingStepSize is ${got}, allowed is at most ${growth} instances grows (prod, policies/limits.ts "capacity-provider-step-within-group"); lower maxScalingStep, or raise maxTasks or maxInstances`;

describe("capacity-provider-step-within-group", () => {
  for (const [what, subjects] of [
    ["the whole growth of the group", [group(3, 12), enabled(9)]],
    ["one instance of a group of fixed size", [group(3, 3), enabled(1)]],
    ["a text that is a number", [group("3", "12"), enabled("9")]],
    ["10000 without managed scaling", [group(3, 12), provider({ status: "DISABLED" })]],
    ["anything where nothing says that it is managed", [group(3, 12), provider({})]],
    ["anything on a group of another stack", [{ ...enabled(100), refers: {} }]],
  ] as const) {
    it(`accepts a step of ${what}`, async () => {
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
      "one more than the growth",
      [group(3, 12), enabled(10)],
      fault("10", "9, by which a group of 3 to 12"),
    ],
    [
      "2 on a group of fixed size",
      [group(3, 3), enabled(2)],
      fault("2", "1, by which a group of 3 to 3"),
    ],
    [
      "the default of AWS",
      [group(3, 12), provider({ status: "ENABLED" })],
      fault("10000 by default", "9, by which a group of 3 to 12"),
    ],
    [
      "null",
      [group(3, 12), enabled(null)],
      fault("10000 by default", "9, by which a group of 3 to 12"),
    ],
    [
      "no number",
      [group(3, 12), enabled("large")],
      fault("not a number", "9, by which a group of 3 to 12"),
    ],
  ] as const) {
    it(`refuses a step of ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), {
        violations: [violation],
        subjects: ["provider"],
        levels: ["mandatory"],
        undecided: false,
      });
    });
  }

  it("refuses it in dev too", async () => {
    assert.deepEqual((await judgeStack(policy, [group(1, 2), enabled(2)], "dev")).levels, [
      "mandatory",
    ]);
  });

  it("is undecided on an unknown size, and decides the other provider", async () => {
    const { subjects, undecided } = await judgeStack(policy, [
      group(UNKNOWN, 12),
      enabled(2),
      { ...group(1, 2), name: "small" },
      { ...enabled(2), name: "other", refers: { autoScalingGroupProvider: ["small"] } },
    ]);

    assert.deepEqual(subjects, ["other"]);
    assert.equal(undecided, true);
  });
});
