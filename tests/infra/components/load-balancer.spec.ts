import assert from "node:assert/strict";
import { LoadBalancer, type LoadBalancerArgs } from "../../../infra/components/load-balancer";
import type { LoadBalancerPlan } from "../../../infra/plan/stack-plan";
import { underMocks } from "../../support/program-under-mocks";
import { aStackPlan } from "../../support/stack-plans";

const CERTIFICATE_ARN = "arn:aws:acm:eu-central-1:123456789012:certificate/abc";

type Differences = Partial<Omit<LoadBalancerArgs, "plan">> & {
  readonly plan?: Partial<LoadBalancerPlan>;
};

const declare = ({ plan, ...args }: Differences = {}) =>
  underMocks(() => {
    const loadBalancer = new LoadBalancer("web", {
      plan: { ...aStackPlan().loadBalancer, ...plan },
      vpcId: "vpc-1",
      subnetIds: ["subnet-a", "subnet-b"],
      securityGroupId: "sg-1",
      certificateArn: undefined,
      accessLogBucketName: undefined,
      ...args,
    });
    const { listeners, loadBalancerArn, targetGroupArn, loadBalancerArnSuffix } = loadBalancer;
    const { targetGroupArnSuffix, dnsName, zoneId } = loadBalancer;
    return {
      listenerUrns: listeners.map(({ urn }) => urn),
      loadBalancerArn,
      targetGroupArn,
      loadBalancerArnSuffix,
      targetGroupArnSuffix,
      dnsName,
      zoneId,
    };
  });

describe("LoadBalancer", () => {
  it("is a load balancer, a target group and a listener", async () => {
    const { resources } = await declare();

    assert.deepEqual(resources.map(({ type, name }) => `${type} ${name}`).sort(), [
      "aws:lb/listener:Listener web-http",
      "aws:lb/loadBalancer:LoadBalancer web",
      "aws:lb/targetGroup:TargetGroup web-target",
      "ecs-on-ec2:index:LoadBalancer web",
    ]);
  });

  it("is public, drops malformed headers and can shift away from a zone", async () => {
    const program = await declare();

    assert.deepEqual(program.only("aws:lb/loadBalancer:LoadBalancer").inputs, {
      loadBalancerType: "application",
      internal: false,
      subnets: ["subnet-a", "subnet-b"],
      securityGroups: ["sg-1"],
      idleTimeout: 60,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      enableZonalShift: true,
      enableDeletionProtection: false,
    });
  });

  it("is internal behind static ingress addresses", async () => {
    const program = await declare({ plan: { staticIngressIps: true } });

    assert.equal(program.only("aws:lb/loadBalancer:LoadBalancer").inputs["internal"], true);
  });

  it("is protected from deletion in AWS and in Pulumi where the plan says so", async () => {
    const on = (await declare({ plan: { deletionProtection: true } })).only(
      "aws:lb/loadBalancer:LoadBalancer",
    );
    const off = (await declare()).only("aws:lb/loadBalancer:LoadBalancer");

    assert.deepEqual([on.inputs["enableDeletionProtection"], on.protect], [true, true]);
    assert.deepEqual([off.inputs["enableDeletionProtection"], off.protect], [false, false]);
  });

  it("writes access logs to a bucket that is given", async () => {
    const program = await declare({ accessLogBucketName: "logs-1" });

    assert.deepEqual(program.only("aws:lb/loadBalancer:LoadBalancer").inputs["accessLogs"], {
      bucket: "logs-1",
      enabled: true,
    });
  });

  it("sends each request to the target with the fewest, and asks for readiness", async () => {
    const program = await declare();

    assert.deepEqual(program.only("aws:lb/targetGroup:TargetGroup").inputs, {
      vpcId: "vpc-1",
      port: 3000,
      protocol: "HTTP",
      targetType: "instance",
      loadBalancingAlgorithmType: "least_outstanding_requests",
      deregistrationDelay: 15,
      healthCheck: {
        protocol: "HTTP",
        port: "traffic-port",
        path: "/readyz",
        matcher: "200",
        interval: 5,
        timeout: 4,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
    });
  });

  it("targets addresses with awsvpc", async () => {
    const { target } = aStackPlan({ service: { networkMode: "awsvpc" } }).loadBalancer;
    const program = await declare({ plan: { target } });

    assert.equal(program.only("aws:lb/targetGroup:TargetGroup").inputs["targetType"], "ip");
  });

  it("forwards HTTP without a certificate", async () => {
    const program = await declare();

    assert.deepEqual(program.only("aws:lb/listener:Listener").inputs, {
      loadBalancerArn: program.outputs["loadBalancerArn"],
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "forward", targetGroupArn: program.outputs["targetGroupArn"] }],
    });
  });

  it("forwards HTTPS with a certificate, and redirects HTTP to it for good", async () => {
    const program = await declare({ certificateArn: CERTIFICATE_ARN });

    assert.equal(program.ofType("aws:lb/listener:Listener").length, 2);
    assert.deepEqual(program.named("aws:lb/listener:Listener", "web-http").inputs, {
      loadBalancerArn: program.outputs["loadBalancerArn"],
      port: 80,
      protocol: "HTTP",
      defaultActions: [
        {
          type: "redirect",
          redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" },
        },
      ],
    });
    assert.deepEqual(program.named("aws:lb/listener:Listener", "web-https").inputs, {
      loadBalancerArn: program.outputs["loadBalancerArn"],
      port: 443,
      protocol: "HTTPS",
      certificateArn: CERTIFICATE_ARN,
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      defaultActions: [{ type: "forward", targetGroupArn: program.outputs["targetGroupArn"] }],
    });
  });

  it("tells what others wire: every listener, names for CloudWatch and for DNS", async () => {
    const program = await declare({ certificateArn: CERTIFICATE_ARN });
    const { outputs } = program;

    assert.deepEqual(
      [...(outputs["listenerUrns"] as string[])].sort(),
      program
        .ofType("aws:lb/listener:Listener")
        .map(({ urn }) => urn)
        .sort(),
    );
    assert.match(outputs["loadBalancerArnSuffix"] as string, /^app\/web-[0-9a-f]{7}\//);
    assert.match(
      outputs["targetGroupArnSuffix"] as string,
      /^targetgroup\/web-target-[0-9a-f]{7}\//,
    );
    assert.match(outputs["dnsName"] as string, /\.eu-central-1\.elb\.amazonaws\.com$/);
    assert.match(outputs["zoneId"] as string, /^Z/);
  });

  it("keeps the names of the longest app name within 32 characters", async () => {
    const { resources } = await declare({ certificateArn: CERTIFICATE_ARN });
    const named = resources.filter(({ type }) => /:(LoadBalancer|TargetGroup)$/.test(type));

    for (const { name } of named) {
      assert.ok("abcdefghijklmnop".length + name.length - "web".length + "-0123456".length <= 32);
    }
  });
});
