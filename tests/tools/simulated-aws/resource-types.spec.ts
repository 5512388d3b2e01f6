import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Bag } from "../../../tools/preview/graph";
import { UNKNOWN } from "../../../tools/preview/graph";
import { accountOf } from "../../../tools/simulated-aws/account";
import {
  deployedResource,
  previewOutputs,
  RESOURCE_TYPES,
} from "../../../tools/simulated-aws/resource-types";
import { textOf } from "../../support/json";

const account = accountOf({
  "aws:region": "eu-central-1",
  "aws:defaultTags": '{"tags":{"Owner":"platform","Stage":"dev"}}',
});

/** The inputs that ids and ARNs are made of. */
const SAMPLE_INPUTS: Bag = {
  arn: "arn:aws:sns:eu-central-1:123456789012:alarms",
  bucket: "logs",
  awsServiceName: "ecs.amazonaws.com",
  clusterName: "web",
  dashboardName: "web",
  name: "web",
  imageName: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/web:tag",
  repository: "web",
  resourceId: "service/web/web",
  scheduledActionName: "night",
  targetKeyId: "1234",
  url: "https://token.actions.githubusercontent.com",
};

/** Properties that an SDK class has as outputs only, read from its source. */
function outputsOfClass(type: string): { outputs: string[]; region: boolean } {
  const [, path = ""] = /^[a-z]+:([^:]+):/.exec(type) ?? [];
  const file = type.startsWith("docker:") ? "@pulumi/docker/image.js" : `@pulumi/aws/${path}.js`;
  const source = readFileSync(require.resolve(file), "utf8");
  assert.match(source, new RegExp(`__pulumiType = '${type}'`));
  const outputs = source.matchAll(/resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g);
  return {
    outputs: [...new Set([...outputs].map(([, property = ""]) => property))].filter(
      (property) => !source.includes(`args?.${property};`),
    ),
    region: source.includes('resourceInputs["region"]'),
  };
}

describe("RESOURCE_TYPES", () => {
  for (const [type, { computed, taggable, global }] of Object.entries(RESOURCE_TYPES)) {
    it(`answers every output of ${type}`, () => {
      const { outputs, region } = outputsOfClass(type);

      const answered = [...Object.keys(computed ?? {}), ...(taggable === true ? ["tagsAll"] : [])];

      assert.deepEqual(
        outputs.filter((property) => !answered.includes(property)),
        [],
      );
      assert.equal(taggable ?? false, outputs.includes("tagsAll"));
      assert.equal(global ?? false, !region);
    });

    it(`gives ${type} an id and an ARN that are well formed`, () => {
      const { id, outputs } = deployedResource(
        { type, name: "web", inputs: SAMPLE_INPUTS },
        account,
      );

      assert.notEqual(id, "");
      for (const [property, value] of Object.entries({ id, ...outputs })) {
        if (!(property in SAMPLE_INPUTS) && typeof value === "string" && value.startsWith("arn:")) {
          assert.match(value, /^arn:aws:[a-z0-9-]+:(eu-central-1)?:(\d{12})?:\S+$/);
        }
      }
    });
  }
});

describe("previewOutputs", () => {
  it("echoes the inputs and leaves unknown what only AWS can tell", () => {
    const inputs = { forceDelete: true, imageTagMutability: "IMMUTABLE" };

    assert.deepEqual(
      previewOutputs({ type: "aws:ecr/repository:Repository", name: "web", inputs }, account),
      {
        forceDelete: true,
        imageTagMutability: "IMMUTABLE",
        region: "eu-central-1",
        tagsAll: { Owner: "platform", Stage: "dev" },
        arn: UNKNOWN,
        name: UNKNOWN,
        registryId: UNKNOWN,
        repositoryUrl: UNKNOWN,
      },
    );
  });

  it("keeps a name that the program gives", () => {
    const inputs = { name: "shop" };
    const outputs = previewOutputs(
      { type: "aws:ecs/cluster:Cluster", name: "web", inputs },
      account,
    );

    assert.equal(outputs["name"], "shop");
    assert.equal(outputs["arn"], UNKNOWN);
  });

  it("adds the default tags below the resource's own", () => {
    const tagsAll = (tags: Bag[string]) =>
      previewOutputs({ type: "aws:sns/topic:Topic", name: "alarms", inputs: { tags } }, account)[
        "tagsAll"
      ];

    assert.deepEqual(tagsAll({ Stage: "prod", Name: "alarms" }), {
      Owner: "platform",
      Stage: "prod",
      Name: "alarms",
    });
    assert.equal(tagsAll(UNKNOWN), UNKNOWN);
  });

  it("gives no region to what has none", () => {
    const outputs = previewOutputs(
      { type: "aws:iam/role:Role", name: "task", inputs: {} },
      account,
    );

    assert.equal("region" in outputs, false);
  });
});

describe("deployedResource", () => {
  const deploy = (type: string, name: string, inputs: Bag = {}) =>
    deployedResource({ type, name, inputs }, account);

  it("answers the same in every run and differently for every resource", () => {
    const type = "aws:ec2/securityGroup:SecurityGroup";

    assert.deepEqual(deploy(type, "web"), deploy(type, "web"));
    assert.notEqual(deploy(type, "web").id, deploy(type, "other").id);
    assert.match(deploy(type, "web").id, /^sg-0[0-9a-f]{16}$/);
  });

  it("builds what follows from the inputs", () => {
    const service = deploy("aws:ecs/service:Service", "web", {
      name: "shop",
      cluster: "arn:aws:ecs:eu-central-1:123456789012:cluster/web",
    });
    assert.equal(service.id, "arn:aws:ecs:eu-central-1:123456789012:service/web/shop");

    const image = deploy("docker:index/image:Image", "web", {
      imageName: "registry.example:5000/web:1",
      build: { context: "app", platform: "linux/arm64" },
    });
    assert.match(
      textOf(image.outputs["repoDigest"]),
      /^registry\.example:5000\/web@sha256:[0-9a-f]{64}$/,
    );
    assert.equal(image.outputs["platform"], "linux/arm64");
    assert.equal(image.outputs["registryServer"], "registry.example:5000");

    const { outputs } = deploy("aws:lb/loadBalancer:LoadBalancer", "web", {
      loadBalancerType: "network",
    });
    assert.match(textOf(outputs["arnSuffix"]), /^net\/web-[0-9a-f]{7}\/[0-9a-f]{16}$/);
    assert.equal(
      outputs["arn"],
      `arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/${textOf(outputs["arnSuffix"])}`,
    );
    const listener = deploy("aws:lb/listener:Listener", "web", {
      loadBalancerArn: outputs["arn"] ?? "",
    });
    assert.match(
      listener.id,
      /^arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener\/net\/web-[0-9a-f]{7}\/[0-9a-f]{16}\/[0-9a-f]{16}$/,
    );
  });

  it("puts ARNs into the partition of the region", () => {
    const china = accountOf({ "aws:region": "cn-north-1" });
    const bucket = { type: "aws:s3/bucket:Bucket", name: "logs", inputs: { bucket: "logs" } };

    const { outputs } = deployedResource(bucket, china);

    assert.equal(outputs["arn"], "arn:aws-cn:s3:::logs");
    assert.equal(outputs["bucketRegionalDomainName"], "logs.s3.cn-north-1.amazonaws.com.cn");
  });

  it("takes any explicit provider", () => {
    assert.deepEqual(deploy("pulumi:providers:aws", "us", { region: "us-east-1" }), {
      id: "us",
      outputs: { region: "us-east-1" },
    });
  });

  it("refuses a type that is not in a table", () => {
    assert.throws(() => deploy("aws:sqs/queue:Queue", "jobs"), {
      message:
        'resource "jobs" has the type "aws:sqs/queue:Queue", which the simulated AWS does not know; ' +
        "add the type with its computed outputs to a table in tools/simulated-aws/types",
    });
  });
});
