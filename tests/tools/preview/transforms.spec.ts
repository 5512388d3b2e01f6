import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { recordStack } from "../../../tools/preview/record";
import { RecordingError } from "../../../tools/preview/recording-faults";

const RUN = {
  project: "shop",
  stack: "dev",
  config: { "aws:region": "eu-central-1" },
  secretKeys: [],
};

/** Adds its name to the end of a tag. */
const appending =
  (name: string): pulumi.ResourceTransform =>
  ({ type, props, opts }) => {
    const { tags } = props as { tags?: { order?: string } };
    return type.startsWith("aws:sns/")
      ? { props: { ...props, tags: { order: `${tags?.order ?? ""}${name}` } }, opts }
      : undefined;
  };

describe("transforms", () => {
  it("are applied from the resource's own over its parents' to the stack's", async () => {
    const { resources } = await recordStack(() => {
      pulumi.runtime.registerResourceTransform(appending("stack"));
      const outer = new pulumi.ComponentResource(
        "shop:index:Outer",
        "outer",
        {},
        {
          transforms: [appending("outer ")],
        },
      );
      const inner = new pulumi.ComponentResource(
        "shop:index:Inner",
        "inner",
        {},
        {
          parent: outer,
          transforms: [appending("inner ")],
        },
      );
      new aws.sns.Topic("alarms", {}, { parent: inner, transforms: [appending("own ")] });
      new aws.sns.Topic("other");
    }, RUN);

    const tagsOf = (name: string) => resources.find((node) => node.name === name)?.inputs["tags"];
    assert.deepEqual(tagsOf("alarms"), { order: "own inner outer stack" });
    assert.deepEqual(tagsOf("other"), { order: "stack" });
  });

  it("change options, and keep those that they leave", async () => {
    const { resources } = await recordStack(() => {
      const first = new aws.sns.Topic("first");
      new aws.sns.Topic(
        "alarms",
        {},
        {
          dependsOn: [first],
          aliases: [{ name: "old" }],
          customTimeouts: { create: "5m" },
          transforms: [
            ({ props, opts }) => ({
              props,
              opts: { ...opts, protect: true, retainOnDelete: true, ignoreChanges: ["tags"] },
            }),
          ],
        },
      );
    }, RUN);

    const node = resources.find(({ name }) => name === "alarms");
    assert.deepEqual(node?.options, {
      protect: true,
      retainOnDelete: true,
      ignoreChanges: ["tags"],
      aliases: ["urn:pulumi:dev::shop::aws:sns/topic:Topic::old"],
      customTimeouts: { create: "5m" },
      version: "7.48.0",
    });
    assert.deepEqual(node.dependencies, ["urn:pulumi:dev::shop::aws:sns/topic:Topic::first"]);
  });

  it("make the run fail where they throw", async () => {
    const transform: pulumi.ResourceTransform = () => {
      throw new Error("no such tag");
    };

    await assert.rejects(
      recordStack(() => new aws.sns.Topic("alarms", {}, { transforms: [transform] }), RUN),
      (error) =>
        error instanceof RecordingError && error.message === "transform failed: Error: no such tag",
    );
  });

  it("leave hooks to a deployment", async () => {
    const { resources } = await recordStack(() => {
      const hook = new pulumi.ResourceHook("after", () => assert.fail("the hook ran"));
      new aws.sns.Topic("alarms", {}, { hooks: { afterCreate: [hook] } });
    }, RUN);

    assert.equal(resources.length, 2);
  });
});
