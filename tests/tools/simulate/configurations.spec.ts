import assert from "node:assert/strict";
import { configurationsOf } from "../../../tools/simulate/configurations";
import { aStackPlan } from "../../support/stack-plans";

const plans = {
  dev: aStackPlan(),
  prod: aStackPlan({ scaling: { minTasks: 2, maxTasks: 9, requestsPerTarget: 500 } }),
};

function configurations(
  stack: string | undefined,
  compare: string | undefined,
  settings: readonly string[] = [],
) {
  return configurationsOf({
    stack,
    settings,
    compare,
    stacks: ["dev", "prod"],
    overrides: { workload: { waitMillisecondsPerRequest: 5 } },
    readPlan: (name, written) =>
      Promise.resolve(
        written === undefined
          ? plans[name as keyof typeof plans]
          : aStackPlan({ scaling: { maxTasks: 9, requestsPerTarget: Number(written) } }),
      ),
  });
}

describe("configurationsOf", () => {
  it("takes dev where nothing is named", async () => {
    const [only, ...others] = await configurations(undefined, undefined);

    assert.deepEqual([only.name, only.title, only.notes, others], ["dev", "stack dev", [], []]);
    assert.equal(only.model.service.maxTasks, 4);
    assert.equal(only.model.workload.waitMillisecondsPerRequest, 5);
  });

  it("begins with the named stack, or with the first stack of the comparison", async () => {
    const names = async (stack: string | undefined, compare: string) =>
      (await configurations(stack, compare)).map(({ name }) => name);

    assert.deepEqual(await names("prod", "dev,prod, cdk,cdk"), ["prod", "dev", "cdk"]);
    assert.deepEqual(await names(undefined, "prod,dev"), ["prod", "dev"]);
    assert.deepEqual(await names(undefined, "cdk,prod,aws"), ["prod", "cdk", "aws"]);
    assert.deepEqual(await names(undefined, "cdk"), ["dev", "cdk"]);
  });

  it("gives every configuration the first one's workload and delays", async () => {
    const all = await configurations("prod", "dev,aws");
    const [prod] = all;

    // 60 % of a quarter vCPU for 500 requests a minute; dev itself says 9 ms.
    assert.equal(prod.model.workload.cpuMillisecondsPerRequest, 18);
    for (const { model } of all) {
      assert.deepEqual([model.workload, model.timing], [prod.model.workload, prod.model.timing]);
    }
  });

  it("puts the stack with other settings behind it, each once and before the others", async () => {
    const all = await configurations("prod", "dev", ["700", "900", "700"]);

    assert.deepEqual(
      all.map(({ name, title }) => [name, title]),
      [
        ["prod", "stack prod"],
        ["700", "prod with 700"],
        ["900", "prod with 900"],
        ["dev", "stack dev"],
      ],
    );
    assert.deepEqual(
      all.map(({ model }) => model.service.policies.at(-1)?.target),
      [500, 700, 900, 1000],
    );
    for (const { model } of all) assert.deepEqual(model.workload, all[0].model.workload);
  });

  it("puts a preset's settings on the stack and names version and notes", async () => {
    const [, aws] = await configurations("prod", "aws");

    assert.equal(aws?.title, "AWS defaults, API documentation of 2026-11");
    assert.equal(aws.notes.length, 1);
    assert.equal(aws.model.service.maxTasks, 9);
    assert.deepEqual(
      aws.model.service.policies.map(({ metric, target }) => [metric, target]),
      [["cpu", 75]],
    );
  });

  it("refuses names that are neither stack nor preset, all at once", async () => {
    await assert.rejects(configurations("dev", "prd,cdk,awx"), {
      name: "InputFileError",
      message: [
        "arguments: --compare: got 'prd', must be a stack or preset of dev, prod, aws, terraform-aws-ecs, cdk, copilot; did you mean 'prod'?",
        "arguments: --compare: got 'awx', must be a stack or preset of dev, prod, aws, terraform-aws-ecs, cdk, copilot; did you mean 'aws'?",
      ].join("\n"),
    });
    await assert.rejects(configurations("dev", " ,"), {
      message:
        "arguments: --compare: got ' ,', must name one or more of dev, prod, aws, terraform-aws-ecs, cdk, copilot",
    });
  });
});
