import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { DeployedAnswers } from "../../../tools/compare/deployed-answers";
import { symbolicGraph } from "../../../tools/compare/symbolic-graph";
import type { ResourceGraph } from "../../../tools/preview/graph";
import { SECRET, UNKNOWN } from "../../../tools/preview/graph";
import { recordStack } from "../../../tools/preview/record";

const RUN = {
  project: "shop",
  stack: "dev",
  config: { "aws:region": "eu-central-1" },
  secretKeys: [],
};

/** A program as it stands once deployed, with references. */
async function symbolic(program: () => unknown): Promise<ResourceGraph> {
  const deployed = async (world: number) => {
    const answers = new DeployedAnswers(world);
    const graph = await recordStack(program, { ...RUN, answers });
    return { graph, assigned: answers.assigned };
  };
  return symbolicGraph(await recordStack(program, RUN), [await deployed(0), await deployed(1)]);
}

const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const TOPIC = urn("aws:sns/topic:Topic", "orders");

describe("symbolicGraph", () => {
  /** The inputs of the resource "it". */
  const inputsOf = async (program: () => unknown) => {
    const { resources } = await symbolic(program);
    return resources.find(({ name }) => name === "it")?.inputs;
  };
  /** Declares the resource "it". */
  const declare = (description: pulumi.Input<string>, value: pulumi.Input<string> = "1") =>
    new aws.ssm.Parameter("it", { type: "String", value, description });
  const described = (value: (topic: aws.sns.Topic) => pulumi.Input<string>) =>
    inputsOf(() => {
      const topic = new aws.sns.Topic("orders");
      declare(value(topic));
    });

  it("names a whole value by where it comes from", async () => {
    assert.equal((await described(({ arn }) => arn))?.["description"], `\${${TOPIC}#arn}`);
  });

  it("prefers an output with a name to the id that has the same value", async () => {
    assert.equal((await described(({ id }) => id))?.["description"], `\${${TOPIC}#arn}`);
  });

  it("names values inside of texts and documents, the longest first, and keeps the rest", async () => {
    const inputs = await described(({ arn, name }) =>
      pulumi.jsonStringify({ Resource: [arn, pulumi.interpolate`${arn}/*`], Name: name, Port: 80 }),
    );

    assert.equal(
      inputs?.["description"],
      `{"Resource":["\${${TOPIC}#arn}","\${${TOPIC}#arn}/*"],"Name":"\${${TOPIC}#name}","Port":80}`,
    );
  });

  it("names values inside of base64, which stays base64", async () => {
    const inputs = await described(({ name }) =>
      name.apply((text) => Buffer.from(`#!/bin/bash\nexport TOPIC=${text}\n`).toString("base64")),
    );

    assert.equal(
      Buffer.from(inputs?.["description"] as string, "base64").toString(),
      `#!/bin/bash\nexport TOPIC=\${${TOPIC}#name}\n`,
    );
  });

  it("names the answer of a function by the function and what it was asked", async () => {
    const inputs = await inputsOf(() => {
      const { accountId } = aws.getCallerIdentityOutput();
      const zone = aws.route53.getZoneOutput({ name: "example.com", vpcId: "vpc:{1}" });
      declare(pulumi.interpolate`${accountId} ${zone.zoneId}`);
    });

    assert.equal(
      inputs?.["description"],
      "${aws:index/getCallerIdentity:getCallerIdentity#accountId} " +
        "${aws:route53/getZone:getZone(name=example.com, vpcId=vpc%3A%7B1%7D)#zoneId}",
    );
  });

  it("names numbers, which are too short to be found by chance", async () => {
    const inputs = await inputsOf(() => {
      const template = new aws.ec2.LaunchTemplate("web");
      declare(template.latestVersion.apply(String));
    });
    const template = urn("aws:ec2/launchTemplate:LaunchTemplate", "web");

    assert.equal(inputs?.["description"], `\${${template}#latestVersion}`);
  });

  it("tells resources of one name below different parents apart", async () => {
    const { outputs } = await symbolic(() => {
      const component = (name: string) =>
        new aws.sns.Topic(
          "events",
          {},
          { parent: new pulumi.ComponentResource("shop:index:Part", name) },
        );
      const [one, other] = [component("one"), new aws.sns.Topic("events")];
      return { one: one.arn, other: other.arn };
    });

    assert.deepEqual(outputs, {
      one: `\${${urn("shop:index:Part$aws:sns/topic:Topic", "events")}#arn}`,
      other: `\${${urn("aws:sns/topic:Topic", "events")}#arn}`,
    });
  });

  it("leaves unknown what has no reference, and what something made up is left in", async () => {
    const cut = (text: string) => text.slice(-4);

    assert.equal((await described(({ name }) => name.apply(cut)))?.["description"], UNKNOWN);
    const mixed = await described(({ arn, name }) => pulumi.interpolate`${arn} ${name.apply(cut)}`);
    assert.equal(mixed?.["description"], UNKNOWN);
  });

  it("keeps secrets, and what a preview knows", async () => {
    const inputs = await inputsOf(() => {
      const topic = new aws.sns.Topic("orders", { name: "orders-12345678" });
      declare(topic.name, pulumi.secret(topic.arn));
    });

    assert.deepEqual(inputs, { type: "String", value: SECRET, description: "orders-12345678" });
  });

  it("names a resource's own outputs by the resource", async () => {
    const { resources } = await symbolic(() => {
      new aws.sns.Topic("orders", { displayName: "Orders" });
    });
    const outputs = resources.find(({ name }) => name === "orders")?.outputs;

    assert.deepEqual(
      [outputs?.["arn"], outputs?.["owner"], outputs?.["displayName"], outputs?.["region"]],
      [`\${${TOPIC}#arn}`, `\${${TOPIC}#owner}`, "Orders", "eu-central-1"],
    );
  });
});
