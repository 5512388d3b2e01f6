import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { UNKNOWN } from "../../tools/preview/graph";
import { RecordingError } from "../../tools/preview/recording-faults";
import { listOf, textOf } from "./json";
import { underMocks } from "./program-under-mocks";

class Alarms extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;
  readonly token: pulumi.Output<string>;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("ecs-on-ec2:index:Alarms", name, {}, opts);
    const topic = new aws.sns.Topic(
      name,
      { tags: { token: pulumi.secret("t0ken") } },
      {
        parent: this,
        ignoreChanges: ["tags"],
        customTimeouts: { delete: "30m" },
        retainOnDelete: true,
      },
    );
    this.topicArn = topic.arn;
    this.token = pulumi.secret("t0ken");
    this.registerOutputs();
  }
}

/** The messages of everything that went wrong. */
async function faultsOf(program: () => unknown): Promise<readonly string[]> {
  const error = await underMocks(program).then(
    () => assert.fail("the program ran"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RecordingError);
  return error.faults.map(({ message }) => message);
}

describe("underMocks", () => {
  it("tells what was registered, with options, and what the result holds", async () => {
    const { only, named, result, outputs, secretOutputs } = await underMocks(
      () => new Alarms("alarms", { protect: true }),
    );

    assert.ok(result instanceof Alarms);
    assert.match(
      textOf(outputs["topicArn"]),
      /^arn:aws:sns:eu-central-1:123456789012:alarms-\w{7}$/,
    );
    assert.deepEqual(secretOutputs, ["token"]);
    assert.equal(outputs["token"], "t0ken");
    assert.deepEqual(only("aws:sns/topic:Topic"), {
      type: "aws:sns/topic:Topic",
      name: "alarms",
      urn: "urn:pulumi:dev::ecs-on-ec2::ecs-on-ec2:index:Alarms$aws:sns/topic:Topic::alarms",
      parent: "urn:pulumi:dev::ecs-on-ec2::ecs-on-ec2:index:Alarms::alarms",
      custom: true,
      inputs: { tags: { token: "t0ken" } },
      secretInputs: ["tags.token"],
      dependencies: [],
      protect: true,
      retainOnDelete: true,
      ignoreChanges: ["tags"],
      replaceWith: [],
      customTimeouts: { delete: "30m" },
    });
    assert.equal(named("ecs-on-ec2:index:Alarms", "alarms").custom, false);
  });

  it("leaves unknown in a preview what only AWS can tell", async () => {
    const { outputs } = await underMocks(() => new Alarms("alarms"), { preview: true });

    assert.equal(outputs["topicArn"], UNKNOWN);
  });

  it("answers for the remote VPC, with its children", async () => {
    const { outputs, ofType } = await underMocks(() => {
      const vpc = new awsx.ec2.Vpc("web", { subnetStrategy: "Auto", numberOfAvailabilityZones: 2 });
      return {
        vpcId: vpc.vpcId,
        privateSubnetIds: vpc.privateSubnetIds,
        ips: vpc.eips.apply((eips) => pulumi.all(eips.map(({ publicIp }) => publicIp))),
      };
    });

    assert.match(textOf(outputs["vpcId"]), /^vpc-0[0-9a-f]{16}$/);
    assert.equal(listOf(outputs["privateSubnetIds"]).length, 2);
    assert.equal(listOf(outputs["ips"]).length, 2);
    assert.deepEqual(
      ofType("aws:ec2/subnet:Subnet").map(({ name }) => name),
      ["web-public-1", "web-private-1", "web-public-2", "web-private-2"],
    );
  });

  it("takes the configuration, and keeps runs apart", async () => {
    const program = () => new pulumi.Config("shop").require("key");
    const run = (value: string) => underMocks(program, { config: { "shop:key": value } });

    const [one, two] = await Promise.all([run("1"), run("2")]);

    assert.deepEqual([one.result, two.result], ["1", "2"]);
  });

  it("fails on everything that mocks let pass", async () => {
    class Queue extends pulumi.CustomResource {
      constructor(name: string) {
        super("aws:sqs/queue:Queue", name, {});
      }
    }

    assert.deepEqual(
      await faultsOf(() => {
        new aws.sns.Topic("alarms");
        new aws.sns.Topic("alarms");
      }),
      [
        'duplicate resource URN "urn:pulumi:dev::ecs-on-ec2::aws:sns/topic:Topic::alarms"; give each resource a name of its own',
      ],
    );
    assert.deepEqual(
      await faultsOf(() => {
        pulumi.output(1).apply(() => {
          throw new Error("in apply");
        });
      }),
      ["in apply"],
    );
    assert.deepEqual(
      await faultsOf(() => {
        void Promise.reject(new Error("lost"));
      }),
      ["lost"],
    );
    assert.match(
      (await faultsOf(() => new Queue("jobs")))[0] ?? "",
      /^resource "jobs" has the type/,
    );
    assert.match(
      (await faultsOf(() => aws.ec2.getAmiOutput({})))[0] ?? "",
      /^function "aws:ec2\/getAmi:getAmi" is not known/,
    );
    assert.deepEqual(
      await faultsOf(() => {
        throw new Error("thrown");
      }),
      ["thrown"],
    );
  });

  it("names the resources where there is not exactly one", async () => {
    const { only, named } = await underMocks(() => {
      new aws.sns.Topic("one");
      new aws.sns.Topic("two");
    });

    assert.throws(() => only("aws:sns/topic:Topic"), {
      message:
        '2 resources for aws:sns/topic:Topic among:\naws:sns/topic:Topic "one"\naws:sns/topic:Topic "two"',
    });
    assert.throws(() => named("aws:sns/topic:Topic", "three"), /^Error: 0 resources for aws:sns/);
  });
});
