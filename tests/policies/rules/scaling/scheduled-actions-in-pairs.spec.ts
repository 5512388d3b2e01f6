import assert from "node:assert/strict";
import { scheduledActionsInPairs as policy } from "../../../../policies/rules/scaling/scheduled-actions-in-pairs";
import { type Bag, type Json, UNKNOWN } from "../../../../tools/preview/graph";
import { foundUnder } from "../../probe";
import { judgeStack, type Subject } from "../../../support/judgement";

const SERVICE: Subject = { type: "aws:ecs/service:Service", name: "api", props: { name: UNKNOWN } };

const TARGET: Subject = {
  type: "aws:appautoscaling/target:Target",
  name: "target",
  props: { resourceId: UNKNOWN, minCapacity: 3, maxCapacity: 20 },
  refers: { resourceId: ["api"] },
};

const action = (
  name: string,
  scalableTargetAction: Bag,
  schedule: Json = "cron(0 8 ? * MON-FRI *)",
): Subject => ({
  type: "aws:appautoscaling/scheduledAction:ScheduledAction",
  name,
  props: { resourceId: UNKNOWN, schedule, scalableTargetAction },
  refers: { resourceId: ["target"] },
});

const bounds = (minCapacity: Json, maxCapacity: Json = 20): Bag => ({ minCapacity, maxCapacity });

const GROUP: Subject = {
  type: "aws:autoscaling/group:Group",
  name: "group",
  props: { name: UNKNOWN, minSize: 3, maxSize: 12 },
};

const schedule = (name: string, props: Bag): Subject => ({
  type: "aws:autoscaling/schedule:Schedule",
  name,
  props: { autoscalingGroupName: UNKNOWN, recurrence: "0 8 * * 1-5", ...props },
  refers: { autoscalingGroupName: ["group"] },
});

const fault = (moves: string, move: string, back: string) =>
  `the recurring action ${moves} ${move} for good, allowed is a move that another recurring action takes back (prod, policies/limits.ts "scheduled-actions-in-pairs"); add an action that ${back} again`;

describe("scheduled-actions-in-pairs", () => {
  for (const [what, subjects] of [
    ["no action", [SERVICE, TARGET]],
    [
      "a rise and its way back",
      [SERVICE, TARGET, action("day", bounds(10)), action("night", bounds(3))],
    ],
    [
      "a fall and its way back",
      [SERVICE, TARGET, action("night", bounds(1, 2)), action("day", bounds(3, 20))],
    ],
    [
      "two rises and one way back",
      [
        SERVICE,
        TARGET,
        action("day", bounds(6)),
        action("noon", bounds(10)),
        action("night", bounds(3)),
      ],
    ],
    [
      "a rise that happens once",
      [SERVICE, TARGET, action("sale", bounds(10), "at(2026-11-27T00:00:00)")],
    ],
    ["an action that moves nothing", [SERVICE, TARGET, action("same", bounds("3", "20"))]],
    [
      "an action that leaves bounds out",
      [SERVICE, TARGET, action("none", {}), action("null", bounds(null, null))],
    ],
    [
      "a group's rise and its way back",
      [
        GROUP,
        schedule("day", { minSize: 6, maxSize: -1 }),
        schedule("night", { minSize: 3, maxSize: -1 }),
      ],
    ],
    ["a group's rise that happens once", [GROUP, schedule("sale", { minSize: 6, recurrence: "" })]],
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
      "a rise for good",
      [SERVICE, TARGET, action("day", bounds(4))],
      "day",
      fault("raises", "minCapacity from 3 to 4", "lowers minCapacity to 3"),
    ],
    [
      "a fall for good",
      [SERVICE, TARGET, action("night", bounds(3, 19))],
      "night",
      fault("lowers", "maxCapacity from 20 to 19", "raises maxCapacity to 20"),
    ],
    [
      "a rise at a rate",
      [SERVICE, TARGET, action("often", bounds(10), "rate(1 day)")],
      "often",
      fault("raises", "minCapacity from 3 to 10", "lowers minCapacity to 3"),
    ],
    [
      "a rise whose way back happens once",
      [
        SERVICE,
        TARGET,
        action("day", bounds(10)),
        action("night", bounds(3), "at(2026-11-27T00:00:00)"),
      ],
      "day",
      fault("raises", "minCapacity from 3 to 10", "lowers minCapacity to 3"),
    ],
    [
      "the lower one of two rises without a way back",
      [SERVICE, TARGET, action("noon", bounds(10)), action("day", bounds(6))],
      "day",
      fault("raises", "minCapacity from 3 to 6", "lowers minCapacity to 3"),
    ],
    [
      "a group's bound that is left out, which is 0",
      [GROUP, schedule("day", { minSize: 3 })],
      "day",
      fault("lowers", "maxSize from 12 to 0", "raises maxSize to 12"),
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

  it("takes no action of another service for the way back", async () => {
    const { subjects } = await judgeStack(policy, [
      SERVICE,
      TARGET,
      action("day", bounds(10)),
      { ...SERVICE, name: "web" },
      { ...TARGET, name: "web-target", refers: { resourceId: ["web"] } },
      { ...action("night", bounds(3)), refers: { resourceId: ["web-target"] } },
    ]);

    assert.deepEqual(subjects, ["day"]);
  });

  it("refuses it in dev too", async () => {
    const { levels } = await judgeStack(policy, [SERVICE, TARGET, action("day", bounds(4))], "dev");

    assert.deepEqual(levels, ["mandatory"]);
  });

  for (const [what, subjects] of [
    ["schedule", [SERVICE, TARGET, action("day", bounds(10), UNKNOWN)]],
    ["bound", [SERVICE, TARGET, action("day", bounds(UNKNOWN))]],
    [
      "service of an action",
      [SERVICE, TARGET, action("day", bounds(10)), { ...action("night", bounds(3)), refers: {} }],
    ],
  ] as const) {
    it(`is undecided on an unknown ${what}`, async () => {
      const { violations, undecided } = await judgeStack(policy, subjects);

      assert.deepEqual(violations, []);
      assert.equal(undecided, true);
    });
  }

  it("wants no pairs where the limits want none", async () => {
    const subjects = [SERVICE, TARGET, action("day", bounds(10))];

    assert.deepEqual(await foundUnder(policy, { requirePair: false }, subjects), []);
    assert.equal((await foundUnder(policy, { requirePair: true }, subjects)).length, 1);
  });
});
