import assert from "node:assert/strict";
import { protectedResources as policy } from "../../../../policies/rules/cost/protected-resources";
import { judgeStack } from "../../../support/judgement";

const TYPES = [
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:ecr/repository:Repository",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:s3/bucket:Bucket",
];

const ACCEPTED = { violations: [], subjects: [], levels: [], undecided: false };

describe("protected-resources", () => {
  for (const type of TYPES) {
    it(`accepts a protected ${type}`, async () => {
      assert.deepEqual(await judgeStack(policy, [{ type, protect: true }]), ACCEPTED);
    });

    for (const protection of [{}, { protect: false }]) {
      it(`refuses ${JSON.stringify(protection)} of ${type}`, async () => {
        assert.deepEqual(await judgeStack(policy, [{ type, ...protection }]), {
          violations: [
            `subject (${type}) is not protected, allowed is protect: true (prod, policies/limits.ts "protected-resources"); set deletionProtection to true`,
          ],
          subjects: ["subject"],
          levels: ["mandatory"],
          undecided: false,
        });
      });
    }
  }

  it("refuses each one in an environment that it does not know", async () => {
    const unprotected = TYPES.map((type, index) => ({ type, name: `resource-${String(index)}` }));

    assert.equal((await judgeStack(policy, unprotected, "staging")).violations.length, 4);
  });

  it("leaves other types and stacks without any alone", async () => {
    assert.deepEqual(await judgeStack(policy, [{ type: "aws:ec2/vpc:Vpc" }]), ACCEPTED);
    assert.deepEqual(await judgeStack(policy, []), ACCEPTED);
  });

  it("is off in dev", async () => {
    assert.deepEqual(await judgeStack(policy, [{ type: "aws:s3/bucket:Bucket" }], "dev"), ACCEPTED);
  });
});
