import assert from "node:assert/strict";
import { deleteResource, setProperty } from "../../tools/sandbox/drift";
import type { Json } from "../../tools/preview/graph";
import { deployedCopy } from "./deployed";
import type { EngineRun, EngineStack } from "./engine-stack";
import { operations, titleOf } from "./operations";
import "./pulumi-cli";

/** What a refresh has found changed, `update` or `delete` with type and name. */
const found = ({ results }: EngineRun): string[] =>
  results
    .filter(({ op }) => ["update", "delete"].includes(op))
    .map(({ op, urn }) => `${op} ${titleOf(urn)}`)
    .sort();

const drift = (stack: EngineStack, named: string, property: string, value: Json): void => {
  setProperty(stack.folder.account(stack.stack), stack.account, { named, property, value });
};

describe("refresh", function () {
  this.timeout(240_000);

  it("is silent about what the autoscalers do, and leaves it to them", async () => {
    const stack = await deployedCopy();
    drift(stack, "ecs.Service/web", "desiredCount", 3);
    drift(stack, "autoscaling.Group/web", "desiredCapacity", 2);

    const preview = await stack.succeed("preview", ["--refresh", "--expect-no-changes"]);

    assert.deepEqual(operations(preview), []);
    const up = await stack.succeed("up", ["--refresh"]);
    assert.deepEqual(operations(up), []);
    const held = new Map(stack.held().map(({ type, inputs }) => [type, inputs]));
    assert.equal(held.get("aws:ecs/service:Service")?.["desiredCount"], 3);
    assert.equal(held.get("aws:autoscaling/group:Group")?.["desiredCapacity"], 2);
    await stack.remove();
  });

  it("shows what a person has done, and `up` repairs it", async () => {
    const stack = await deployedCopy();
    const rule = "vpc.SecurityGroupIngressRule/web-instances-from-load-balancer";
    drift(stack, rule, "fromPort", 0);
    drift(stack, "autoscaling.Group/web", "maxSize", 40);
    deleteResource(
      stack.folder.account("dev"),
      stack.account,
      "cloudwatch.MetricAlarm/web-most-instances",
    );

    const refresh = await stack.succeed("refresh");

    assert.deepEqual(found(refresh), [
      "delete aws:cloudwatch:MetricAlarm web-most-instances",
      "update aws:autoscaling:Group web",
      "update aws:vpc:SecurityGroupIngressRule web-instances-from-load-balancer",
    ]);
    assert.deepEqual(operations(await stack.succeed("up")), [
      "update aws:autoscaling:Group web",
      "create aws:cloudwatch:MetricAlarm web-most-instances",
      "update aws:vpc:SecurityGroupIngressRule web-instances-from-load-balancer",
    ]);
    assert.deepEqual(found(await stack.succeed("refresh")), []);
    await stack.remove();
  });
});
