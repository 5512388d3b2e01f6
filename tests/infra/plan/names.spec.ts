import assert from "node:assert/strict";
import fc from "fast-check";
import { planStack } from "../../../infra/plan";
import { ROLE_LENGTH, taskFamily } from "../../../infra/plan/names";
import { aContainer, aStackConfig, planFaults } from "../../support/stack-plans";

describe("names", () => {
  for (const [appName, beginning, what] of [
    ["ecs", "ecs", "capacity provider"],
    ["aws-web", "aws", "capacity provider"],
    ["fargates", "fargate", "capacity provider"],
    ["ssm-demo", "ssm", "Systems Manager parameter"],
    ["sthree-web", "sthree-", "bucket"],
    ["amzn-s3-demo-a", "amzn-s3-demo-", "bucket"],
    ["internal-web", "internal-", "load balancer"],
    ["sg-web", "sg-", "security group"],
  ] as const) {
    it(`refuses ${appName} with the reason`, () => {
      assert.deepEqual(planFaults({ appName }), [
        `Pulumi.dev.yaml: ecs-on-ec2:appName: got "${appName}", but the name of a ${what} must not begin with ${beginning}; choose a name that does not begin with ${beginning}`,
      ]);
    });
  }

  it("accepts reserved words further back", () => {
    for (const appName of ["web-ecs", "my-aws", "internals"]) {
      assert.deepEqual(planFaults({ appName }), []);
    }
  });

  it("leaves 16 characters of a target group's name to the app", () => {
    assert.deepEqual(planFaults({ appName: "a".repeat(16) }), []);
    assert.deepEqual(planFaults({ appName: "a".repeat(17) }), [
      `Pulumi.dev.yaml: ecs-on-ec2:appName: got "${"a".repeat(17)}", but a target group's name has 32 characters, 8 for its role and 8 for what Pulumi adds; shorten it to 16 characters`,
    ]);
  });

  it("keeps every load balancer's and every role's name within AWS's lengths", () => {
    const appName = fc.stringMatching(/^[a-z][a-z0-9]{1,15}$/);
    fc.assert(
      fc.property(appName, fc.integer({ min: 1, max: ROLE_LENGTH }), (name, length) => {
        const logical = name + "-".padEnd(length, "x");
        assert.ok(`${logical}-1a2b3c4`.length <= 32);
      }),
    );
  });

  it("makes the family of app and stack", () => {
    assert.equal(taskFamily(aStackConfig()), "web-dev");
  });

  it("refuses a stack whose name a family cannot have", () => {
    for (const [stack, expected] of [
      ["feature.x", 1],
      ["feature_x", 0],
      ["s".repeat(251), 0],
      ["s".repeat(252), 1],
    ] as const) {
      const plan = () => planStack(aStackConfig({ stack }), aContainer());
      if (expected === 0) {
        assert.doesNotThrow(plan);
      } else {
        assert.throws(plan, {
          name: "PlanError",
          message: `Pulumi.${stack}.yaml: name of the stack: got "${stack}", but the task definition's family takes letters, digits, hyphens and underscores, 255 with the app's name; rename the stack with \`pulumi stack rename\``,
        });
      }
    }
  });
});
