import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { StaticIngress } from "../../../infra/components/static-ingress";
import { listenersOf } from "../../../infra/lib/listeners";
import { underMocks } from "../../support/program-under-mocks";

const LOAD_BALANCER_ARN =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/web-1/abc";
const SUBNETS = ["subnet-a", "subnet-b", "subnet-c"];

const declare = ({
  tls = true,
  availabilityZones = 2,
  deletionProtection = false,
  /** Runs in the program, before the component. */
  before = (): void => undefined,
} = {}) =>
  underMocks(() => {
    before();
    const listener = new aws.lb.Listener("behind", {
      loadBalancerArn: LOAD_BALANCER_ARN,
      defaultActions: [],
    });
    const ingress = new StaticIngress(
      "web",
      {
        availabilityZones,
        vpcId: "vpc-1",
        publicSubnetIds: pulumi.output(SUBNETS),
        securityGroupId: "sg-1",
        loadBalancerArn: LOAD_BALANCER_ARN,
        roles: listenersOf(tls ? {} : undefined),
        healthCheckPath: "/readyz",
        deletionProtection,
      },
      [listener],
    );
    const { dnsName, zoneId, ingressIps } = ingress;
    return { dnsName, zoneId, ingressIps };
  });

describe("StaticIngress", () => {
  it("is an Elastic IP a zone, a network load balancer, and a way through for each listener", async () => {
    const { resources } = await declare();

    assert.deepEqual(resources.map(({ type, name }) => `${type} ${name}`).sort(), [
      "aws:ec2/eip:Eip web-ingress-0",
      "aws:ec2/eip:Eip web-ingress-1",
      "aws:lb/listener:Listener behind",
      "aws:lb/listener:Listener web-http",
      "aws:lb/listener:Listener web-https",
      "aws:lb/loadBalancer:LoadBalancer web-tcp",
      "aws:lb/targetGroup:TargetGroup web-http",
      "aws:lb/targetGroup:TargetGroup web-https",
      "aws:lb/targetGroupAttachment:TargetGroupAttachment web-http",
      "aws:lb/targetGroupAttachment:TargetGroupAttachment web-https",
      "ecs-on-ec2:index:StaticIngress web",
    ]);
  });

  it("gives each zone's subnet one of the addresses, in their order", async () => {
    const program = await declare({ availabilityZones: 3 });
    const addresses = program.ofType("aws:ec2/eip:Eip");
    const { subnetMappings, ...inputs } = program.only("aws:lb/loadBalancer:LoadBalancer").inputs;

    assert.deepEqual(inputs, {
      loadBalancerType: "network",
      internal: false,
      securityGroups: ["sg-1"],
      enableZonalShift: true,
      enableDeletionProtection: false,
    });
    assert.deepEqual(
      addresses.map((address) => address.inputs),
      [{ domain: "vpc" }, { domain: "vpc" }, { domain: "vpc" }],
    );
    const mappings = subnetMappings as { subnetId: string; allocationId: string }[];
    assert.deepEqual(
      mappings.map(({ subnetId }) => subnetId),
      SUBNETS,
    );
    assert.equal(new Set(mappings.map(({ allocationId }) => allocationId)).size, 3);
    assert.match(String(mappings[0]?.allocationId), /^eipalloc-/);
    assert.equal(new Set(program.outputs["ingressIps"] as string[]).size, 3);
  });

  it("passes TCP on to the load balancer behind, whose redirect counts as healthy", async () => {
    const program = await declare();

    for (const [role, port, protocol] of [
      ["http", 80, "HTTP"],
      ["https", 443, "HTTPS"],
    ] as const) {
      assert.deepEqual(program.named("aws:lb/targetGroup:TargetGroup", `web-${role}`).inputs, {
        vpcId: "vpc-1",
        targetType: "alb",
        protocol: "TCP",
        port,
        healthCheck: { protocol, path: "/readyz", matcher: "200-399", interval: 10, timeout: 5 },
      });
      const attachment = program.named(
        "aws:lb/targetGroupAttachment:TargetGroupAttachment",
        `web-${role}`,
      );
      const { targetGroupArn, ...target } = attachment.inputs;
      assert.deepEqual(target, { targetId: LOAD_BALANCER_ARN, port });
      const listener = program.named("aws:lb/listener:Listener", `web-${role}`);
      assert.deepEqual([listener.inputs["port"], listener.inputs["protocol"]], [port, "TCP"]);
      assert.deepEqual(listener.inputs["defaultActions"], [{ type: "forward", targetGroupArn }]);
    }
  });

  it("attaches the load balancer behind only once that listens", async () => {
    const program = await declare();
    const behind = program.named("aws:lb/listener:Listener", "behind").urn;

    for (const attachment of program.ofType("aws:lb/targetGroupAttachment:TargetGroupAttachment")) {
      assert.ok(attachment.dependencies.includes(behind));
    }
  });

  it("has one way through where the load balancer behind has HTTP only", async () => {
    const program = await declare({ tls: false });

    assert.deepEqual(
      program.ofType("aws:lb/targetGroup:TargetGroup").map(({ name }) => name),
      ["web-http"],
    );
  });

  it("is protected from deletion in AWS and in Pulumi where that is asked for", async () => {
    const program = await declare({ deletionProtection: true });
    const loadBalancer = program.only("aws:lb/loadBalancer:LoadBalancer");

    assert.equal(loadBalancer.inputs["enableDeletionProtection"], true);
    assert.equal(loadBalancer.protect, true);
  });

  it("gives the addresses up before a load balancer that replaces it takes them", async () => {
    const first: string[] = [];
    await declare({
      before: () => {
        pulumi.runtime.registerStackTransformation(({ name, opts }) => {
          if ((opts as pulumi.CustomResourceOptions).deleteBeforeReplace === true) {
            first.push(name);
          }
          return undefined;
        });
      },
    });

    assert.deepEqual(first, ["web-tcp"]);
  });
});
