import assert from "node:assert/strict";
import { readStackPlan } from "../../../tools/simulate/stack-plan";
import { shippedFiles } from "../../support/shipped-files";

describe("readStackPlan", () => {
  const files = (stack: string, changes: Record<string, string> = {}) => {
    const read = shippedFiles(stack);
    return { ...read, config: { ...read.config, ...changes } };
  };

  it("plans each stack from its own files, one after the other and at once", async () => {
    const maxTasks = async (stack: string) => (await readStackPlan(files(stack))).scaling.maxTasks;

    assert.equal(await maxTasks("dev"), 4);
    assert.deepEqual(await Promise.all([maxTasks("prod"), maxTasks("dev")]), [20, 4]);
  });

  it("throws every fault of the settings", async () => {
    await assert.rejects(readStackPlan(files("dev", { "ecs-on-ec2:minTasks": "9" })), {
      name: "PlanError",
      message:
        "Pulumi.dev.yaml: ecs-on-ec2:minTasks: got 9, but maxTasks is 4; lower minTasks to 4 or raise maxTasks to 9",
    });
  });
});
