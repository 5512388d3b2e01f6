import assert from "node:assert/strict";
import type { Bag, Json } from "../../../../tools/preview/graph";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { checkInputs } from "../../../../tools/simulated-aws/cloud/check";
import { withoutDefaults } from "../../../../tools/simulated-aws/cloud/provider-defaults";

const TARGETS = "aws:lb/targetGroup:TargetGroup";
const TARGET_INPUTS = { port: 3000, protocol: "HTTP", vpcId: "vpc-1" };

const check = (
  type: string,
  inputs: Bag,
  olds?: Bag,
  taken: readonly string[] = [],
  name = "web",
) =>
  checkInputs({ type, name }, inputs, olds, {
    isTaken: (_, __, made) => taken.includes(made),
    folder: ".",
  });

const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");

/** What the provider says of the inputs, each with its property. */
const faults = (type: string, inputs: Bag, olds?: Bag) =>
  check(type, inputs, olds).failures.map(({ property, reason }) => `${property}: ${reason}`);

describe("checkInputs", () => {
  it("makes a name of the logical one and seven hexadecimal digits, the same in every run", () => {
    const { inputs } = check("aws:ecs/cluster:Cluster", {});
    assert.match(text(inputs["name"]), /^web-[0-9a-f]{7}$/);
    assert.deepEqual(check("aws:ecs/cluster:Cluster", {}).inputs, inputs);
    assert.deepEqual(inputs["__defaults"], ["name"]);
  });

  it("makes another name where the account has the first one", () => {
    const first = text(check("aws:ecs/cluster:Cluster", {}).inputs["name"]);
    const second = check("aws:ecs/cluster:Cluster", {}, undefined, [first]).inputs["name"];
    assert.match(text(second), /^web-[0-9a-f]{7}$/);
    assert.notEqual(second, first);
  });

  it("keeps the name that it made before, and makes one where the program gave one up", () => {
    const made = { name: "web-1234567", __defaults: ["name"] };
    assert.equal(check("aws:ecs/cluster:Cluster", {}, made).inputs["name"], "web-1234567");
    const given = { name: "fixed", __defaults: [] };
    assert.match(
      text(check("aws:ecs/cluster:Cluster", {}, given).inputs["name"]),
      /^web-[0-9a-f]{7}$/,
    );
  });

  it("makes no name where the program gives one, or a prefix", () => {
    assert.equal(check("aws:ecs/cluster:Cluster", { name: "own" }).inputs["name"], "own");
    assert.equal(check(TARGETS, { ...TARGET_INPUTS, namePrefix: "a-" }).inputs["name"], undefined);
  });

  it("makes bucket names in lower case and aliases of keys with their prefix", () => {
    const bucket = check("aws:s3/bucket:Bucket", {}, undefined, [], "Web-Logs").inputs["bucket"];
    assert.match(text(bucket), /^web-logs-[0-9a-f]{7}$/);
    const alias = check("aws:kms/alias:Alias", { targetKeyId: "k" }).inputs["name"];
    assert.match(text(alias), /^alias\/web-[0-9a-f]{7}$/);
  });

  it("refuses a logical name that leaves no room for the digits", () => {
    const name = "a-name-that-takes-25-chars";
    assert.deepEqual(
      check(TARGETS, TARGET_INPUTS, undefined, [], name).failures.map(({ reason }) => reason)[0],
      `name '${name}-' plus 7 random chars is longer than maximum length 32. Examine values at '${name}.name'.`,
    );
    assert.deepEqual(check(TARGETS, TARGET_INPUTS, undefined, [], name.slice(2)).failures, []);
  });

  it("fills in the provider's defaults, and lists them apart from the program's own inputs", () => {
    const declared = { ...TARGET_INPUTS, slowStart: 30 };
    const { inputs } = check(TARGETS, declared);
    assert.equal(inputs["deregistrationDelay"], 300);
    assert.equal(inputs["targetType"], "instance");
    assert.equal(inputs["slowStart"], 30);
    assert.deepEqual(inputs["__defaults"], [
      "deregistrationDelay",
      "lambdaMultiValueHeadersEnabled",
      "name",
      "proxyProtocolV2",
      "targetType",
    ]);
    assert.deepEqual(withoutDefaults(inputs), declared);
  });

  it("names every required input that is missing, in the provider's words", () => {
    assert.deepEqual(faults("aws:lb/listener:Listener", { defaultActions: null }), [
      "defaultActions: Missing required argument. The argument \"default_action\" is required, but no definition was found.. Examine values at 'web.defaultActions'.",
      "loadBalancerArn: Missing required argument. The argument \"load_balancer_arn\" is required, but no definition was found.. Examine values at 'web.loadBalancerArn'.",
    ]);
  });

  it("asks for exactly one of what excludes each other", () => {
    assert.deepEqual(faults("aws:lb/loadBalancer:LoadBalancer", {}), [
      "subnetMappings: \"subnet_mapping\": one of `subnet_mapping,subnets` must be specified. Examine values at 'web.subnetMappings'.",
    ]);
    assert.deepEqual(
      faults("aws:lb/loadBalancer:LoadBalancer", { subnets: ["a"], subnetMappings: [{}] }),
      [
        "subnetMappings: \"subnet_mapping\": only one of `subnet_mapping,subnets` can be specified, but `subnet_mapping,subnets` were specified. Examine values at 'web.subnetMappings'.",
      ],
    );
  });

  it("takes an unknown value for whatever is asked for", () => {
    assert.deepEqual(
      faults(TARGETS, { port: UNKNOWN, protocol: UNKNOWN, vpcId: UNKNOWN, healthCheck: UNKNOWN }),
      [],
    );
  });

  for (const [property, inputs, reason] of [
    [
      "healthCheck.healthyThreshold",
      { healthCheck: { healthyThreshold: 1 } },
      "expected health_check.0.healthy_threshold to be in the range (2 - 10), got 1",
    ],
    [
      "healthCheck.path",
      { healthCheck: { path: "ready" } },
      "\"health_check.0.path\" must begin with '/', got ready",
    ],
    [
      "name",
      { name: "a".repeat(33) },
      `"name" cannot be longer than 32 characters: "${"a".repeat(33)}"`,
    ],
    [
      "name",
      { name: "-a_" },
      'only alphanumeric characters and hyphens allowed in "name": "-a_"; "name" cannot begin with a hyphen: "-a_"',
    ],
    ["port", { port: 70000 }, "expected port to be in the range (1 - 65535), got 70000"],
    [
      "slowStart",
      { slowStart: 10 },
      "expected slow_start to be in the range (0 - 0), got 10; expected slow_start to be in the range (30 - 900), got 10",
    ],
    [
      "targetType",
      { targetType: "host" },
      'expected target_type to be one of ["instance" "ip" "lambda" "alb"], got host',
    ],
  ] as const) {
    it(`says of a target group: ${reason.slice(0, 60)}`, () => {
      assert.deepEqual(faults(TARGETS, { ...TARGET_INPUTS, ...inputs }), [
        `${property}: ${reason}. Examine values at 'web.${property}'.`,
      ]);
    });
  }

  it("asks a target group for port, protocol and VPC, but not one of a function", () => {
    assert.deepEqual(
      faults(TARGETS, {}).map((fault) => fault.split(": ")[0]),
      ["port", "protocol", "vpcId"],
    );
    assert.deepEqual(faults(TARGETS, { targetType: "lambda" }), []);
  });

  it("refuses a path for a health check by TCP", () => {
    assert.deepEqual(
      faults(TARGETS, {
        ...TARGET_INPUTS,
        protocol: "TCP",
        healthCheck: { protocol: "TCP", path: "/" },
      }),
      [
        'healthCheck.path: Attribute "health_check[0].path" cannot be specified when "health_check[0].protocol" is "TCP".. Examine values at \'web.healthCheck.path\'.',
      ],
    );
  });

  it("reads networks as the provider does", () => {
    assert.deepEqual(faults("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.1/16" }), [
      'cidrBlock: "10.0.0.1/16" is not a valid IPv4 CIDR block; did you mean "10.0.0.0/16"?. Examine values at \'web.cidrBlock\'.',
    ]);
    assert.deepEqual(faults("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/8" }), [
      "cidrBlock: expected \"cidr_block\" to contain a network Value with between 16 and 28 significant bits, got: 8. Examine values at 'web.cidrBlock'.",
    ]);
    assert.deepEqual(faults("aws:ec2/subnet:Subnet", { vpcId: "v", cidrBlock: "ten" }), [
      "cidrBlock: \"ten\" is not a valid CIDR block: invalid CIDR address: ten. Examine values at 'web.cidrBlock'.",
    ]);
  });

  it("reads ARNs and JSON", () => {
    assert.deepEqual(
      faults("aws:acm/certificateValidation:CertificateValidation", { certificateArn: "arn:cert" }),
      [
        "certificateArn: \"certificate_arn\" (arn:cert) is an invalid ARN: arn: not enough sections. Examine values at 'web.certificateArn'.",
      ],
    );
    assert.match(
      faults("aws:iam/role:Role", { assumeRolePolicy: "{" })[0] ?? "",
      /^assumeRolePolicy: "assume_role_policy" contains an invalid JSON: /,
    );
  });

  it("refuses another strategy of a service without a new deployment", () => {
    const olds = { capacityProviderStrategies: [{ capacityProvider: "a", weight: 1 }] };
    const news = { capacityProviderStrategies: [{ capacityProvider: "b", weight: 1 }] };
    assert.deepEqual(faults("aws:ecs/service:Service", news, olds), [
      "forceNewDeployment: force_new_deployment should be true when capacity_provider_strategy is being updated. Examine values at 'web.forceNewDeployment'.",
    ]);
    assert.deepEqual(
      faults("aws:ecs/service:Service", { ...news, forceNewDeployment: true }, olds),
      [],
    );
  });

  it("asks a capacity provider for exactly one kind", () => {
    assert.deepEqual(faults("aws:ecs/capacityProvider:CapacityProvider", {}), [
      ": exactly one of auto_scaling_group_provider or managed_instances_provider must be specified",
    ]);
  });

  it("adds to an image what its context is made of, and lists nothing as filled in", () => {
    const build = { context: ".", dockerfile: "./app/Dockerfile" };
    const { inputs, failures } = check("docker:index/image:Image", { imageName: "a/b:c", build });
    const digest = (inputs["build"] as Bag)["contextDigest"];
    assert.match(text(digest), /^[0-9a-f]{64}$/);
    assert.deepEqual(failures, []);
    assert.deepEqual(withoutDefaults(inputs), { imageName: "a/b:c", build });
  });

  it("says where an image has no Dockerfile, and where it would be", () => {
    const dockerfile = (file: string) =>
      faults("docker:index/image:Image", {
        imageName: "a/b:c",
        build: { context: "./app", dockerfile: file },
      });
    assert.deepEqual(dockerfile("./Dockerfile"), [
      "build.dockerfile: could not open dockerfile at relative path ./Dockerfile. Try setting `dockerfile` to \"app/Dockerfile\". Examine values at 'web.build.dockerfile'.",
    ]);
    assert.deepEqual(dockerfile("none"), [
      "build.dockerfile: could not open dockerfile at relative path none: stat none: no such file or directory. Examine values at 'web.build.dockerfile'.",
    ]);
  });

  it("fails loudly for a type that is not in the table", () => {
    assert.throws(() => check("aws:rds/instance:Instance", {}), {
      message:
        'type "aws:rds/instance:Instance" has no entry in ARGUMENTS; ' +
        "add its names, required inputs and defaults to a table in tools/simulated-aws/cloud/arguments",
    });
  });
});
