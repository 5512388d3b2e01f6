import assert from "node:assert/strict";
import { previewStack } from "../../../tools/preview/preview";
import { shippedFiles } from "../../support/shipped-files";

describe("previewStack", () => {
  const previewed = (changes: Readonly<Record<string, string>> = {}) => {
    const files = shippedFiles("prod");
    return previewStack(process.cwd(), { ...files, config: { ...files.config, ...changes } });
  };

  it("says what is spare and what the loss of one of the stack's zones leaves", async () => {
    const { headroom, exceededQuotas } = await previewed();

    assert.deepEqual(
      headroom.map(({ when, instances, spareTasks, zoneLoss }) => [
        when,
        instances,
        spareTasks,
        zoneLoss.waitingTasks,
      ]),
      [
        ["minTasks", 7, 6, 0],
        ["maxTasks", 11, 2, 6],
        ["deployment", 16, 2, 10],
      ],
    );
    assert.deepEqual(exceededQuotas, []);
  });

  it("names a quota that a deployment goes beyond", async () => {
    const { exceededQuotas } = await previewed({ "ecs-on-ec2:maxTasks": "400" });

    assert.deepEqual(
      exceededQuotas.map(({ quota, needed, granted }) => [quota, needed, granted]),
      [["provisioningTasks", 586, 500]],
    );
  });
});
