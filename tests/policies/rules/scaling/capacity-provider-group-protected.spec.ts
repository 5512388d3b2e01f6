import assert from "node:assert/strict";
import { capacityProviderGroupProtected as policy } from "../../../../policies/rules/scaling/capacity-provider-group-protected";
import { type Bag, type Json, UNKNOWN } from "../../../../tools/preview/graph";
import { judgeStack, type Subject } from "../../../support/judgement";

const stackOf = (groupProps: Bag, managedTerminationProtection: Json): readonly Subject[] => [
  { type: "aws:autoscaling/group:Group", name: "group", props: groupProps },
  {
    type: "aws:ecs/capacityProvider:CapacityProvider",
    name: "provider",
    props: {
      autoScalingGroupProvider: { autoScalingGroupArn: UNKNOWN, managedTerminationProtection },
    },
    refers: { autoScalingGroupProvider: ["group"] },
  },
];

const VIOLATION =
  'protectFromScaleIn is not true, allowed is true where the capacity provider has managedTerminationProtection (prod, policies/limits.ts "capacity-provider-group-protected"); set protectFromScaleIn: true on the group';

describe("capacity-provider-group-protected", () => {
  for (const [what, subjects] of [
    ["that starts its instances protected", stackOf({ protectFromScaleIn: true }, "ENABLED")],
    ["that says so in a text", stackOf({ protectFromScaleIn: "true" }, "ENABLED")],
    ["whose provider protects nothing", stackOf({}, "DISABLED")],
    ["whose provider says nothing", stackOf({}, null)],
    ["of another capacity provider", stackOf({}, "ENABLED").slice(0, 1)],
  ] as const) {
    it(`accepts a group ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), {
        violations: [],
        subjects: [],
        levels: [],
        undecided: false,
      });
    });
  }

  for (const props of [
    { protectFromScaleIn: false },
    { protectFromScaleIn: "yes" },
    { protectFromScaleIn: null },
    {},
  ]) {
    it(`refuses a group with ${JSON.stringify(props)}`, async () => {
      assert.deepEqual(await judgeStack(policy, stackOf(props, "ENABLED")), {
        violations: [VIOLATION],
        subjects: ["group"],
        levels: ["mandatory"],
        undecided: false,
      });
    });
  }

  it("advises in dev", async () => {
    assert.deepEqual((await judgeStack(policy, stackOf({}, "ENABLED"), "dev")).levels, [
      "advisory",
    ]);
  });

  for (const [what, subjects] of [
    ["protection of the group", stackOf({ protectFromScaleIn: UNKNOWN }, "ENABLED")],
    ["protection by the provider", stackOf({}, UNKNOWN)],
  ] as const) {
    it(`is undecided on an unknown ${what}`, async () => {
      const { violations, undecided } = await judgeStack(policy, subjects);

      assert.deepEqual(violations, []);
      assert.equal(undecided, true);
    });
  }
});
