import assert from "node:assert/strict";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import type { Bag, ResourceGraph } from "../../../tools/preview/graph";
import { SECRET, UNKNOWN } from "../../../tools/preview/graph";
import type { ProgramRun } from "../../../tools/preview/record";
import { recordStack } from "../../../tools/preview/record";

const RUN: ProgramRun = {
  project: "shop",
  stack: "dev",
  config: { "aws:region": "eu-central-1", "shop:email": UNKNOWN, "shop:plain": "value" },
  secretKeys: ["shop:email"],
  root: join(__dirname, "../../.."),
};
const STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";

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

describe("recordStack", () => {
  it("records what a program declares, as the engine would get it", async () => {
    const graph = await record(() => {
      const { topicArn } = new Alarms("alarms", { tag: "x" });
      return { topicArn, region: aws.getRegionOutput().region };
    });

    const component = "urn:pulumi:dev::shop::shop:index:Alarms::alarms";
    const topic = "urn:pulumi:dev::shop::shop:index:Alarms$aws:sns/topic:Topic::alarms";
    assert.deepEqual(
      graph.resources.map(({ urn, parent, custom, remote }) => ({ urn, parent, custom, remote })),
      [
        { urn: STACK, parent: undefined, custom: false, remote: false },
        { urn: topic, parent: component, custom: true, remote: false },
        {
          urn: "urn:pulumi:dev::shop::shop:index:Alarms$aws:sns/topicSubscription:TopicSubscription::alarms-mail",
          parent: component,
          custom: true,
          remote: false,
        },
        { urn: component, parent: STACK, custom: false, remote: false },
      ],
    );
    const subscription = find(graph, "alarms-mail");
    assert.deepEqual(subscription.inputs, {
      endpoint: "a@example.com",
      protocol: "email",
      topic: UNKNOWN,
    });
    assert.deepEqual(subscription.dependencies, [topic]);
    assert.deepEqual(subscription.propertyDependencies, { topic: [topic] });
    assert.deepEqual(find(graph, "alarms", "Topic").outputs, {
      arn: UNKNOWN,
      beginningArchiveTime: UNKNOWN,
      name: UNKNOWN,
      owner: UNKNOWN,
      region: "eu-central-1",
      tags: { Tag: "x" },
      tagsAll: { Tag: "x" },
    });
    assert.deepEqual(find(graph, "alarms", "Alarms").inputs, { tag: "x" });
    assert.deepEqual(find(graph, "alarms", "Alarms").outputs, { topicArn: UNKNOWN });
    assert.deepEqual(graph.outputs, { region: "eu-central-1", topicArn: UNKNOWN });
  });

  it("gives the same bytes for the same program, whatever the order of its registrations", async () => {
    let turn = 0;
    const program = async () => {
      const first = turn % 2;
      turn += 1;
      for (const name of first === 0 ? ["a", "b", "c"] : ["c", "b", "a"]) {
        new aws.sns.Topic(name, { tags: { b: "1", a: "2" } });
        await Promise.resolve();
      }
      new awsx.ec2.Vpc("web", { subnetStrategy: "Auto" });
    };

    const [one, other] = [
      JSON.stringify(await record(program)),
      JSON.stringify(await record(program)),
    ];

    assert.equal(one, other);
  });

  it("runs no apply on what is unknown", async () => {
    let ran = false;

    await record(() => {
      new aws.sns.Topic("alarms").arn.apply(() => {
        ran = true;
      });
    });

    assert.equal(ran, false);
  });

  it("keeps the known part of a function's result known", async () => {
    const graph = await record(() => {
      const identity = aws.getCallerIdentityOutput();
      const partition = aws.getPartitionOutput().partition;
      return {
        known: pulumi.interpolate`arn:${partition}:iam::aws:policy/ReadOnlyAccess`,
        unknown: pulumi.interpolate`arn:${partition}:iam::${identity.accountId}:root`,
      };
    });

    assert.deepEqual(graph.outputs, {
      known: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      unknown: UNKNOWN,
    });
  });

  it("records the remote VPC with its children, and reads references to them", async () => {
    const graph = await record(() => {
      const vpc = new awsx.ec2.Vpc("web", {
        subnetStrategy: "Auto",
        numberOfAvailabilityZones: 2,
        natGateways: { strategy: "Single" },
      });
      new aws.ec2.SecurityGroup("web", { vpcId: vpc.vpcId });
      return {
        cidr: vpc.vpc.cidrBlock,
        ips: vpc.eips.apply((eips) => pulumi.all(eips.map(({ publicIp }) => publicIp))),
        gateways: vpc.natGateways.apply((gateways) => gateways.length),
      };
    });

    const vpc = find(graph, "web", "awsx:ec2:Vpc");
    assert.equal(vpc.remote, true);
    assert.deepEqual(vpc.inputs, {
      natGateways: { strategy: "Single" },
      numberOfAvailabilityZones: 2,
      subnetStrategy: "Auto",
    });
    assert.equal(vpc.outputs["vpcId"], UNKNOWN);
    assert.equal(graph.resources.length, 23);
    const subnet = find(graph, "web-public-1", "Subnet");
    assert.equal(subnet.source, undefined);
    assert.equal(subnet.parent, "urn:pulumi:dev::shop::awsx:ec2:Vpc$aws:ec2/vpc:Vpc::web");
    assert.deepEqual(find(graph, "web", "SecurityGroup").propertyDependencies, {
      vpcId: [
        "urn:pulumi:dev::shop::awsx:ec2:Vpc$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet::web-private-1",
        "urn:pulumi:dev::shop::awsx:ec2:Vpc$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet::web-private-2",
        "urn:pulumi:dev::shop::awsx:ec2:Vpc$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet::web-public-1",
        "urn:pulumi:dev::shop::awsx:ec2:Vpc$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet::web-public-2",
        "urn:pulumi:dev::shop::awsx:ec2:Vpc$aws:ec2/vpc:Vpc::web",
        "urn:pulumi:dev::shop::awsx:ec2:Vpc::web",
      ],
    });
    assert.deepEqual(graph.outputs, { cidr: "10.0.0.0/16", ips: UNKNOWN, gateways: 1 });
  });

  it("shows no secret, wherever it goes", async () => {
    const graph = await record(() => {
      const config = new pulumi.Config();
      const email = config.requireSecret("email");
      const password = pulumi.secret("p4ssword");
      new Alarms("alarms", { tag: password });
      new aws.sns.TopicSubscription("mail", { topic: "arn", protocol: "email", endpoint: email });
      return {
        email,
        nested: { list: [pulumi.interpolate`x-${password}`] },
        plain: config.require("plain"),
      };
    });

    assert.equal(find(graph, "mail").inputs["endpoint"], SECRET);
    assert.equal(find(graph, "mail").outputs["endpoint"], SECRET);
    const topic = find(graph, "alarms", "Topic");
    assert.deepEqual(topic.inputs["tags"], { Tag: SECRET });
    assert.deepEqual(topic.outputs["tags"], { Tag: SECRET });
    assert.deepEqual(topic.outputs["tagsAll"], { Tag: UNKNOWN });
    assert.deepEqual(find(graph, "alarms", "Alarms").inputs, { tag: SECRET });
    assert.deepEqual(graph.outputs, { email: SECRET, nested: { list: [SECRET] }, plain: "value" });
    assert.doesNotMatch(JSON.stringify(graph), /p4ssword/);
  });

  it("applies the default tags of the configuration", async () => {
    const config = { ...RUN.config, "aws:defaultTags": '{"tags":{"Owner":"platform"}}' };

    const graph = await record(() => new aws.sns.Topic("alarms", { tags: { Name: "a" } }), {
      config,
    });

    assert.deepEqual(find(graph, "alarms").outputs["tagsAll"], { Owner: "platform", Name: "a" });
  });

  it("keeps runs apart that run at once", async () => {
    const program = (name: string) => async () => {
      await Promise.resolve();
      for (let index = 0; index < 5; index += 1) {
        new aws.sns.Topic(`${name}-${String(index)}`);
      }
      return { stack: pulumi.getStack() };
    };

    const graphs = await Promise.all(
      ["one", "two", "three"].map((stack) => record(program(stack), { stack })),
    );

    assert.deepEqual(
      graphs.map(({ resources, outputs }): [number, Bag] => [resources.length, outputs]),
      [
        [6, { stack: "one" }],
        [6, { stack: "two" }],
        [6, { stack: "three" }],
      ],
    );
  });
});
