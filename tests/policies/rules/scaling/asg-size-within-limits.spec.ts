import assert from "node:assert/strict";
import { asgSizeWithinLimits as policy } from "../../../../policies/rules/scaling/asg-size-within-limits";
import { UNKNOWN, type Bag } from "../../../../tools/preview/graph";
import { judgeResource } from "../../../support/judgement";

const group = (props: Bag = {}) => ({
  type: "aws:autoscaling/group:Group",
  props: { minSize: 3, maxSize: 12, ...props },
});

describe("asg-size-within-limits", () => {
  it("accepts a group inside the limits", async () => {
    assert.deepEqual(await judgeResource(policy, group()), {
      violations: [],
      subjects: [],
      levels: [],
      undecided: false,
    });
  });

  for (const [minSize, maxSize] of [
    [2, 20],
    [20, 20],
    ["2", "20"],
  ] as const) {
    it(`accepts ${JSON.stringify(minSize)} to ${JSON.stringify(maxSize)}, the limits themselves`, async () => {
      assert.deepEqual((await judgeResource(policy, group({ minSize, maxSize }))).violations, []);
    });
  }

  for (const [what, props, violation] of [
    [
      "one instance too many",
      { maxSize: 21 },
      'maxSize is 21, allowed is at most 20 (prod, policies/limits.ts "asg-size-within-limits"); lower maxInstances or maxTasks',
    ],
    [
      "one instance too few",
      { minSize: 1 },
      'minSize is 1, allowed is at least 2 (prod, policies/limits.ts "asg-size-within-limits"); raise minInstances or minTasks',
    ],
    [
      "bounds the wrong way round",
      { minSize: 13 },
      'minSize is 13 and maxSize 12, allowed is a minSize of at most maxSize (prod, policies/limits.ts "asg-size-within-limits"); lower minInstances or raise maxInstances',
    ],
    [
      "a desired capacity outside",
      { desiredCapacity: 13 },
      'desiredCapacity is 13, allowed is 3 to 12 (prod, policies/limits.ts "asg-size-within-limits"); leave desiredCapacity out: the capacity provider sets it',
    ],
    [
      "a size that is no number",
      { maxSize: "many" },
      'maxSize is not a number, allowed is at most 20 (prod, policies/limits.ts "asg-size-within-limits"); lower maxInstances or maxTasks',
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(await judgeResource(policy, group(props)), {
        violations: [violation],
        subjects: ["subject"],
        levels: ["mandatory"],
        undecided: false,
      });
    });
  }

  it("has dev's limits in dev", async () => {
    assert.equal(
      (await judgeResource(policy, group({ minSize: 0, maxSize: 4 }), "dev")).violations.length,
      0,
    );
    assert.equal(
      (await judgeResource(policy, group({ minSize: 0, maxSize: 5 }), "dev")).violations.length,
      1,
    );
  });

  it("has prod's limits in an environment that it does not know", async () => {
    assert.equal(
      (await judgeResource(policy, group({ minSize: 1 }), "staging")).violations.length,
      1,
    );
  });

  it("is undecided on an unknown size, and decides the other one", async () => {
    const { violations, undecided } = await judgeResource(
      policy,
      group({ minSize: UNKNOWN, maxSize: 21 }),
    );

    assert.equal(undecided, true);
    assert.equal(violations.length, 1);
  });

  it("leaves other types alone", async () => {
    const { violations } = await judgeResource(policy, { type: "aws:ec2/vpc:Vpc", props: {} });

    assert.deepEqual(violations, []);
  });
});
