import assert from "node:assert/strict";
import { asgDesiredNotPinned as policy } from "../../../../policies/rules/scaling/asg-desired-not-pinned";
import { type Bag, UNKNOWN } from "../../../../tools/preview/graph";
import { judgeResource } from "../../../support/judgement";

const group = (props: Bag = {}, ignoreChanges: readonly string[] = []) => ({
  type: "aws:autoscaling/group:Group",
  props: { minSize: 1, maxSize: 4, desiredCapacity: 1, ...props },
  ignoreChanges,
});

const VIOLATION =
  'desiredCapacity is set by every deployment, allowed is a group that only its scaling resizes (prod, policies/limits.ts "asg-desired-not-pinned"); add ignoreChanges: ["desiredCapacity"] to the group';

describe("asg-desired-not-pinned", () => {
  for (const [what, subject] of [
    ["ignores changes of it", group({}, ["tags", "desiredCapacity"])],
    ["ignores changes of an unknown one", group({ desiredCapacity: UNKNOWN }, ["desiredCapacity"])],
    ["leaves it out", { ...group(), props: { minSize: 1, maxSize: 4 } }],
    ["leaves it null", group({ desiredCapacity: null })],
    ["has no room to scale", group({ minSize: 2, maxSize: "2", desiredCapacity: 2 })],
    ["is no group", { ...group(), type: "aws:autoscaling/schedule:Schedule" }],
  ] as const) {
    it(`accepts a resource that ${what}`, async () => {
      assert.deepEqual(await judgeResource(policy, subject), {
        violations: [],
        subjects: [],
        levels: [],
        undecided: false,
      });
    });
  }

  for (const [what, subject] of [
    ["one instance of room", group({ minSize: 1, maxSize: 2 })],
    ["changes of something else ignored", group({}, ["maxSize"])],
    ["bounds that are no numbers", group({ minSize: "few", maxSize: "few" })],
    ["a desired capacity of 0", group({ minSize: 0, desiredCapacity: 0 })],
  ] as const) {
    it(`refuses a pinned group with ${what}`, async () => {
      assert.deepEqual(await judgeResource(policy, subject), {
        violations: [VIOLATION],
        subjects: ["subject"],
        levels: ["mandatory"],
        undecided: false,
      });
    });
  }

  it("advises in dev", async () => {
    assert.deepEqual((await judgeResource(policy, group(), "dev")).levels, ["advisory"]);
  });

  it("is undecided on unknown bounds", async () => {
    const { violations, undecided } = await judgeResource(policy, group({ minSize: UNKNOWN }));

    assert.deepEqual(violations, []);
    assert.equal(undecided, true);
  });
});
