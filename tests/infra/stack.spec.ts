import assert from "node:assert/strict";
import type { Bag, Json, ResourceGraph, ResourceNode } from "../../tools/preview/graph";
import { SECRET, UNKNOWN } from "../../tools/preview/graph";
import { ROLE_LENGTH } from "../../infra/plan/names";
import { declareRepository } from "../../infra/stack";
import { DeletionOrder } from "../support/deletion-order";
import { textOf } from "../support/json";
import type { MockedResource } from "../support/program-under-mocks";
import { underMocks } from "../support/program-under-mocks";
import { aStackPlan } from "../support/stack-plans";
import { mocked, recorded } from "../support/stacks";
import { DEV, PROD_ADDS } from "./stack-census";

/** `aws:ecs/service:Service` as `pulumi preview` prints it. */
const shortType = (type: string) => type.replace(/^(\w+):(\w+)\/\w+:/, "$1:$2:");
const labelOf = ({ type, name }: { type: string; name: string }) => `${shortType(type)} ${name}`;
const census = (graph: ResourceGraph) =>
  graph.resources
    .filter(({ parent }) => parent !== undefined)
    .map(labelOf)
    .sort();

describe("declareStack", () => {
  let dev: ResourceGraph;
  let prod: ResourceGraph;

  before(async () => {
    dev = await recorded("dev");
    prod = await recorded("prod");
  });

  function only(graph: ResourceGraph, label: string): ResourceNode {
    const [found, another] = graph.resources.filter((resource) => labelOf(resource) === label);
    assert.ok(found !== undefined && another === undefined, `exactly one ${label}`);
    return found;
  }
  const input = (graph: ResourceGraph, label: string, property: string): Json | undefined =>
    only(graph, label).inputs[property];

  it("declares exactly these resources for dev", () => {
    assert.deepEqual(census(dev), DEV);
  });

  it("declares exactly these resources for prod", () => {
    assert.deepEqual(census(prod), [...DEV, ...PROD_ADDS].sort());
  });

  it("declares the same resources for equal values, whatever the stack is called", async () => {
    const program = await mocked("dev", { "ecs-on-ec2:appName": "shop" });

    const names = program.resources.map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => !/^(cp-)?shop\b/.test(name)),
      [],
    );
  });

  it("bounds every role by the policy of the setting, and none without it", async () => {
    const boundary = "arn:aws:iam::123456789012:policy/pulumi-boundary";
    const bounded = await recorded("prod", { "ecs-on-ec2:permissionsBoundary": boundary });
    const boundaries = (graph: ResourceGraph) =>
      graph.resources
        .filter(({ type }) => type === "aws:iam/role:Role")
        .map(({ name, inputs }) => [name, inputs["permissionsBoundary"]])
        .sort();
    const roles = ["web-execution", "web-flow-logs", "web-instance", "web-task"];

    assert.deepEqual(
      boundaries(bounded),
      roles.map((name) => [name, boundary]),
    );
    assert.deepEqual(
      boundaries(prod),
      roles.map((name) => [name, undefined]),
    );
  });

  it("lets the internet reach the listeners' ports of the load balancer and nothing else", () => {
    const open = (graph: ResourceGraph) =>
      graph.resources
        .filter(({ inputs }) => inputs["cidrIpv4"] === "0.0.0.0/0" || inputs["cidrIpv6"])
        .filter(({ type }) => type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        .map(({ inputs, propertyDependencies }) => [
          inputs["fromPort"],
          inputs["toPort"],
          propertyDependencies["securityGroupId"],
        ]);

    const group = (graph: ResourceGraph) => [
      only(graph, "aws:ec2:SecurityGroup web-load-balancer").urn,
    ];
    assert.deepEqual(open(dev), [[80, 80, group(dev)]]);
    assert.deepEqual(open(prod).sort(), [
      [443, 443, group(prod)],
      [80, 80, group(prod)],
    ]);
  });

  it("lets only the load balancer reach the instances, on the dynamic ports", () => {
    const instances = only(dev, "aws:ec2:SecurityGroup web-instances").urn;
    const rules = dev.resources.filter(
      ({ type, propertyDependencies }) =>
        type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule" &&
        propertyDependencies["securityGroupId"]?.includes(instances) === true,
    );

    assert.deepEqual(
      rules.map(({ inputs, propertyDependencies }) => [
        inputs["ipProtocol"],
        inputs["fromPort"],
        inputs["toPort"],
        propertyDependencies["referencedSecurityGroupId"],
      ]),
      [["tcp", 32768, 65535, [only(dev, "aws:ec2:SecurityGroup web-load-balancer").urn]]],
    );
  });

  it("wires the service to its cluster, task definition, capacity provider and target group", () => {
    const service = only(prod, "aws:ecs:Service web");
    const urn = (label: string) => only(prod, label).urn;

    assert.deepEqual(service.propertyDependencies, {
      alarms: [
        urn("aws:cloudwatch:MetricAlarm web-errors"),
        urn("aws:cloudwatch:MetricAlarm web-latency"),
      ],
      capacityProviderStrategies: [urn("aws:ecs:CapacityProvider cp-web")],
      cluster: [urn("aws:ecs:Cluster web")],
      loadBalancers: [urn("aws:lb:TargetGroup web-target")],
      taskDefinition: [urn("aws:ecs:TaskDefinition web")],
    });
  });

  it("runs the pushed image by its digest", () => {
    const task = only(dev, "aws:ecs:TaskDefinition web");

    assert.equal(task.inputs["containerDefinitions"], UNKNOWN);
    assert.ok(
      task.propertyDependencies["containerDefinitions"]?.includes(
        only(dev, "docker:index:Image web-build").urn,
      ),
    );
  });

  it("leaves to the autoscalers what is theirs, and nothing else", () => {
    const ignored = (graph: ResourceGraph) =>
      Object.fromEntries(
        graph.resources
          .filter(({ options }) => options.ignoreChanges !== undefined)
          .map((resource) => [labelOf(resource), resource.options.ignoreChanges]),
      );

    const expected = {
      "aws:autoscaling:Group web": ["desiredCapacity"],
      "aws:ecs:Service web": ["desiredCount"],
    };
    assert.deepEqual(ignored(dev), expected);
    assert.deepEqual(ignored(prod), expected);
  });

  it("protects in prod, and only there, what it would hurt to lose", () => {
    const marked = (graph: ResourceGraph, option: "protect" | "retainOnDelete") =>
      graph.resources
        .filter(({ options }) => options[option] === true)
        .map(labelOf)
        .sort();

    assert.deepEqual([marked(dev, "protect"), marked(dev, "retainOnDelete")], [[], []]);
    assert.deepEqual(marked(prod, "protect"), [
      "aws:ecr:Repository web",
      "aws:lb:LoadBalancer web",
      "aws:s3:Bucket web-access-logs",
    ]);
    assert.deepEqual(marked(prod, "retainOnDelete"), [
      "aws:cloudwatch:LogGroup web-flow-logs",
      "aws:cloudwatch:LogGroup web-sessions",
      "aws:cloudwatch:LogGroup web-tasks",
    ]);
    assert.equal(input(prod, "aws:lb:LoadBalancer web", "enableDeletionProtection"), true);
    assert.equal(input(dev, "aws:lb:LoadBalancer web", "enableDeletionProtection"), false);
  });

  it("gives the group the bounds that follow from the tasks", () => {
    const bounds = (graph: ResourceGraph) =>
      ["minSize", "maxSize"].map((property) => input(graph, "aws:autoscaling:Group web", property));

    assert.deepEqual(bounds(dev), [1, 4]);
    assert.deepEqual(bounds(prod), [7, 16]);
  });

  it("gives every taggable launch the default tags of the stack", () => {
    const specifications = input(prod, "aws:ec2:LaunchTemplate web", "tagSpecifications") as Bag[];

    assert.deepEqual(
      specifications.map(({ resourceType, tags }) => [resourceType, tags]),
      ["instance", "volume"].map((resourceType) => [
        resourceType,
        {
          Project: "ecs-on-ec2",
          Environment: "prod",
          Owner: "platform",
          CostCenter: "engineering",
          Name: "web",
        },
      ]),
    );
  });

  it("takes region, partition and account from where it is deployed", async () => {
    const { resources } = await mocked("prod", { "aws:region": "cn-north-1" });
    const texts = JSON.stringify(resources.map(({ inputs }) => inputs));

    assert.deepEqual([...new Set(texts.match(/arn:aws[a-z-]*(?=:)/g))], ["arn:aws-cn"]);
    assert.deepEqual([...new Set(texts.match(/\b[a-z]{2}-[a-z]+-\d\b/g))], ["cn-north-1"]);
    assert.deepEqual(new Set(texts.match(/(?<=:)\d{12}(?=:)/g)).size, 1);
  });

  it("leaves room for what Pulumi adds to the names of load balancers and target groups", () => {
    const longest = [...dev.resources, ...prod.resources]
      .filter(({ type }) => /^aws:lb\/(loadBalancer|targetGroup):/.test(type))
      .map(({ name }) => name.length - "web".length);

    assert.ok(Math.max(...longest) <= ROLE_LENGTH);
  });

  describe("with an image by digest", () => {
    const digest = `sha256:${"d".repeat(64)}`;
    const changes = { "ecs-on-ec2:imageDigest": digest };

    it("declares the same but for the build", async () => {
      assert.deepEqual(
        census(await recorded("dev", changes)),
        DEV.filter((label) => label !== "docker:index:Image web-build"),
      );
    });

    it("runs that image of its own repository", async () => {
      const { only: onlyOf, outputs } = await mocked("dev", changes);
      const url = textOf(outputs["registry"]);
      const [container] = JSON.parse(
        textOf(onlyOf("aws:ecs/taskDefinition:TaskDefinition").inputs["containerDefinitions"]),
      ) as { image: string }[];

      assert.equal(container?.image, `${url}@${digest}`);
      assert.equal(outputs["image"], `${url}@${digest}`);
    });
  });

  it("answers with these outputs", async () => {
    const { outputs } = await mocked("prod");

    assert.deepEqual(Object.keys(outputs).sort(), [
      "autoScalingGroup",
      "capacityProvider",
      "cluster",
      "commands",
      "dashboard",
      "egressIps",
      "image",
      "ingressIps",
      "logGroup",
      "registry",
      "service",
      "taskDefinition",
      "url",
    ]);
    assert.equal(outputs["url"], "https://web.example.com");
    assert.equal((outputs["egressIps"] as Json[]).length, 3);
    assert.deepEqual(outputs["ingressIps"], []);
  });

  describe("is deleted in an order that AWS accepts", () => {
    /** The first goes before the second. */
    const order: readonly (readonly [string, string])[] = [
      // Scaling and alarms go before what they watch.
      ["aws:appautoscaling:Policy web-cpu", "aws:appautoscaling:Target web"],
      ["aws:appautoscaling:Policy web-requests", "aws:appautoscaling:Target web"],
      ["aws:appautoscaling:Target web", "aws:ecs:Service web"],
      ["aws:cloudwatch:MetricAlarm web-missing-instances", "aws:ecs:CapacityProvider cp-web"],
      ["aws:cloudwatch:MetricAlarm web-most-instances", "aws:autoscaling:Group web"],
      ["aws:cloudwatch:EventRule web-failed-deployment", "aws:ecs:Service web"],
      [
        "aws:cloudwatch:EventTarget web-failed-deployment",
        "aws:cloudwatch:EventRule web-failed-deployment",
      ],
      // A service drains as long as its targets, instances and roles are there.
      ["aws:ecs:Service web", "aws:lb:Listener web-http"],
      ["aws:ecs:Service web", "aws:lb:TargetGroup web-target"],
      ["aws:ecs:Service web", "aws:ecs:ClusterCapacityProviders web-association"],
      ["aws:ecs:Service web", "aws:ecs:CapacityProvider cp-web"],
      ["aws:ecs:Service web", "aws:autoscaling:Group web"],
      ["aws:ecs:Service web", "aws:ecs:TaskDefinition web"],
      ["aws:ecs:Service web", "aws:iam:RolePolicy web-execution"],
      ["aws:ecs:Service web", "aws:iam:RolePolicy web-instance-agent"],
      ["aws:ecs:Service web", "aws:iam:RolePolicyAttachment web-instance-systems-manager"],
      ["aws:ecs:Service web", "aws:cloudwatch:MetricAlarm web-errors"],
      ["aws:ecs:Service web", "aws:ecs:Cluster web"],
      ["aws:lb:Listener web-http", "aws:lb:LoadBalancer web"],
      ["aws:lb:Listener web-http", "aws:lb:TargetGroup web-target"],
      // A capacity provider that a cluster lists, and a cluster with instances, are refused.
      ["aws:ecs:ClusterCapacityProviders web-association", "aws:ecs:CapacityProvider cp-web"],
      ["aws:ecs:CapacityProvider cp-web", "aws:autoscaling:Group web"],
      ["aws:autoscaling:Group web", "aws:ec2:LaunchTemplate web"],
      ["aws:autoscaling:Group web", "aws:ecs:Cluster web"],
      ["aws:autoscaling:Group web", "aws:iam:InstanceProfile web-instance"],
      ["aws:autoscaling:Group web", "aws:iam:RolePolicy web-instance-agent"],
      ["aws:autoscaling:Group web", "aws:ec2:SecurityGroup web-instances"],
      // Instances that drain report to ECS until they are gone.
      ["aws:autoscaling:Group web", "aws:vpc:SecurityGroupEgressRule web-instances-to-anywhere"],
      ["aws:autoscaling:Group web", "aws:ec2:NatGateway web-1"],
      ["aws:autoscaling:Group web", "aws:ec2:Route web-private-1"],
      ["aws:autoscaling:Group web", "aws:ec2:VpcEndpoint web-s3"],
      ["aws:lb:LoadBalancer web", "aws:ec2:SecurityGroup web-load-balancer"],
      ["aws:lb:LoadBalancer web", "aws:ec2:InternetGateway web"],
      ["aws:ec2:SecurityGroup web-load-balancer", "aws:ec2:Vpc web"],
      ["aws:ec2:Subnet web-private-1", "aws:ec2:Vpc web"],
      ["aws:iam:RolePolicy web-execution", "aws:iam:Role web-execution"],
      ["docker:index:Image web-build", "aws:ecr:Repository web"],
    ];
    const prodOnly: readonly (readonly [string, string])[] = [
      ["aws:ecs:Service web", "aws:lb:Listener web-https"],
      // Made after it: nobody is redirected to a listener that is not there yet.
      ["aws:lb:Listener web-http", "aws:lb:Listener web-https"],
      ["aws:lb:Listener web-https", "aws:acm:CertificateValidation web"],
      ["aws:acm:CertificateValidation web", "aws:route53:Record web-validation"],
      ["aws:route53:Record web", "aws:lb:LoadBalancer web"],
      ["aws:wafv2:WebAclAssociation web", "aws:wafv2:WebAcl web"],
      ["aws:lb:LoadBalancer web", "aws:s3:BucketPolicy web-access-logs"],
      ["aws:ec2:FlowLog web-flow-logs", "aws:iam:RolePolicy web-flow-logs"],
    ];

    for (const [first, second] of order) {
      it(`${first} before ${second}`, () => {
        assert.equal(
          new DeletionOrder(dev).isDeletedBefore(only(dev, first), only(dev, second)),
          true,
        );
      });
    }
    for (const [first, second] of prodOnly) {
      it(`${first} before ${second} in prod`, () => {
        assert.equal(
          new DeletionOrder(prod).isDeletedBefore(only(prod, first), only(prod, second)),
          true,
        );
      });
    }

    it("and never the other way round", () => {
      const deletion = new DeletionOrder(dev);
      const reversed = order.filter(([first, second]) =>
        deletion.isDeletedBefore(only(dev, second), only(dev, first)),
      );

      assert.deepEqual(reversed, []);
    });
  });

  describe("agrees with itself", () => {
    for (const stack of ["dev", "prod"]) {
      it(`on Pulumi's mocks and in the preview's recording of ${stack}`, async () => {
        const onMocks = await mocked(stack, {}, true);
        const graph = await recorded(stack);

        assert.deepEqual(
          simple(graph.resources),
          simple(
            onMocks.resources.map((resource) => ({
              ...resource,
              inputs: withoutSecrets(resource),
            })),
          ),
        );
      });
    }
  });
});

/** Type, name and inputs of all but the stack, sorted by URN. */
function simple(resources: readonly { urn: string; type: string; name: string; inputs: Bag }[]) {
  return resources
    .filter(({ type }) => type !== "pulumi:pulumi:Stack")
    .map(({ urn, type, name, inputs }) => ({ urn, type, name, inputs }))
    .sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

/** The inputs with SECRET at each secret path that has a value; a secret that is unknown too stays unknown. */
function withoutSecrets({ inputs, secretInputs }: MockedResource): Bag {
  const hide = (value: Json, path: string): Json => {
    if (secretInputs.includes(path)) {
      return value === UNKNOWN ? UNKNOWN : SECRET;
    }
    return value === null || typeof value !== "object" || Array.isArray(value)
      ? value
      : hideAll(value, `${path}.`);
  };
  const hideAll = (bag: Bag, prefix: string): Bag =>
    Object.fromEntries(
      Object.entries(bag).map(([key, value]) => [key, hide(value, `${prefix}${key}`)]),
    );
  return hideAll(inputs, "");
}

describe("declareRepository", () => {
  it("declares the image alone and answers with the repository's URL", async () => {
    const { resources, outputs } = await underMocks(() =>
      declareRepository(aStackPlan({ deletionProtection: true })),
    );

    assert.deepEqual(resources.map(labelOf).sort(), [
      "aws:ecr:LifecyclePolicy web-lifecycle",
      "aws:ecr:Repository web",
      "aws:ssm:Parameter web-image-tag",
      "docker:index:Image web-build",
      "ecs-on-ec2:index:ContainerImage web",
    ]);
    assert.deepEqual(Object.keys(outputs), ["registry"]);
    assert.match(
      textOf(outputs["registry"]),
      /^123456789012\.dkr\.ecr\.eu-central-1\.amazonaws\.com\/web-[0-9a-f]{7}$/,
    );
  });
});
