import assert from "node:assert/strict";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ResourceGraph } from "../../../tools/preview/graph";
import { UNKNOWN } from "../../../tools/preview/graph";
import type { ProgramRun } from "../../../tools/preview/record";
import { recordStack } from "../../../tools/preview/record";

const RUN: ProgramRun = {
  project: "shop",
  stack: "dev",
  config: { "aws:region": "eu-central-1" },
  secretKeys: [],
  root: join(__dirname, "../../.."),
};

const record = (program: () => unknown, run: Partial<ProgramRun> = {}): Promise<ResourceGraph> =>
  recordStack(program, { ...RUN, ...run });

/** The resource of that name and type. */
function find({ resources }: ResourceGraph, name: string, type = "") {
  const found = resources.find((node) => node.name === name && node.type.endsWith(type));
  assert.ok(found !== undefined, `no resource ${name}`);
  return found;
}

class Alarms extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(
    name: string,
    args: { tag: pulumi.Input<string> },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("shop:index:Alarms", name, args, opts);
    const topic = new aws.sns.Topic(name, { tags: { Tag: args.tag } }, { parent: this });
    new aws.sns.TopicSubscription(
      `${name}-mail`,
      { topic: topic.arn, protocol: "email", endpoint: "a@example.com" },
      { parent: this },
    );
    this.topicArn = topic.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

describe("recordStack on options, sources and logs", () => {
  it("tells where the program declares a resource", async () => {
    const lineHere = () => Number(new Error().stack?.split("\n")[2]?.split(":").at(-2));
    const lines: number[] = [];

    const graph = await record(() => {
      lines.push(lineHere() + 1);
      new Alarms("component", { tag: "x" });
      [1, 2].map((number) => new aws.sns.Topic(`listed-${String(number)}`));
      lines.push(lineHere() - 1);
    });

    const file = "tests/tools/preview/record-options.spec.ts";
    assert.deepEqual(find(graph, "component", "Alarms").source, { file, line: lines[0] });
    assert.deepEqual(find(graph, "listed-2").source, { file, line: lines[1] });
    assert.equal(find(graph, "shop-dev").source, undefined);
  });

  it("passes over what a package does for the program", async () => {
    const file = join(RUN.root ?? "", "node_modules/some-package/index.js");
    const inPackage = compileFunction("return new aws.sns.Topic(name);", ["aws", "name"], {
      filename: file,
    }) as (...args: unknown[]) => void;

    const graph = await record(() => {
      inPackage(aws, "alarms");
    });

    assert.equal(find(graph, "alarms").source?.file, "tests/tools/preview/record-options.spec.ts");
  });

  it("records every option that differs from the default", async () => {
    const graph = await record(() => {
      const first = new aws.sns.Topic("first");
      const parent = new Alarms("parent", { tag: "x" }, { protect: true });
      new aws.sns.Topic(
        "second",
        {},
        {
          parent,
          retainOnDelete: true,
          deleteBeforeReplace: true,
          ignoreChanges: ["tags"],
          replaceOnChanges: ["name"],
          replaceWith: [first],
          deletedWith: first,
          additionalSecretOutputs: ["arn"],
          aliases: [
            { name: "old" },
            { parent: pulumi.rootStackResource },
            "urn:pulumi:dev::shop::a::b",
          ],
          customTimeouts: { create: "5m", delete: "1h" },
        },
      );
      new aws.sns.Topic("third", {}, { dependsOn: [first], protect: false });
    });

    const first = "urn:pulumi:dev::shop::aws:sns/topic:Topic::first";
    assert.deepEqual(find(graph, "second").options, {
      protect: true,
      retainOnDelete: true,
      deleteBeforeReplace: true,
      ignoreChanges: ["tags"],
      replaceOnChanges: ["name"],
      replaceWith: [first],
      deletedWith: first,
      additionalSecretOutputs: ["arn"],
      aliases: [
        "urn:pulumi:dev::shop::shop:index:Alarms$aws:sns/topic:Topic::old",
        "urn:pulumi:dev::shop::aws:sns/topic:Topic::second",
        "urn:pulumi:dev::shop::a::b",
      ],
      customTimeouts: { create: "5m", delete: "1h" },
      version: "7.48.0",
    });
    assert.deepEqual(find(graph, "third").options, { version: "7.48.0" });
    assert.deepEqual(find(graph, "third").dependencies, [first]);
  });

  it("names an explicit provider", async () => {
    const graph = await record(() => {
      const provider = new aws.Provider("us", { region: "us-east-1" });
      new aws.sns.Topic("alarms", {}, { provider });
    });

    assert.equal(
      find(graph, "alarms").options.provider,
      `urn:pulumi:dev::shop::pulumi:providers:aws::us::${UNKNOWN}`,
    );
    assert.equal(find(graph, "us").inputs["region"], "us-east-1");
  });

  it("passes on what the program logs, and no debug messages", async () => {
    const messages: [string, string][] = [];

    await record(
      async () => {
        await pulumi.log.debug("one");
        await pulumi.log.info("two");
        await pulumi.log.warn("three");
      },
      { onMessage: (severity, text) => messages.push([severity, text]) },
    );

    assert.deepEqual(messages, [
      ["info", "two"],
      ["warning", "three"],
    ]);
  });
});
