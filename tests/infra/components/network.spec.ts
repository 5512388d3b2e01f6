import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { Network } from "../../../infra/components/network";
import { buildFlowLogPolicy, buildFlowLogTrustPolicy } from "../../../infra/lib/flow-log-policies";
import type { NetworkPlan } from "../../../infra/plan/stack-plan";
import type { MockedProgram } from "../../support/program-under-mocks";
import { underMocks } from "../../support/program-under-mocks";

const PLAN: NetworkPlan = {
  cidrBlock: "10.0.0.0/16",
  availabilityZones: 2,
  natStrategy: "Single",
  zonePrefixLength: 18,
  publicPrefixLength: 24,
  privatePrefixLength: 20,
  interfaceEndpoints: [],
  flowLogs: undefined,
};

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";

const declareNetwork = (plan: Partial<NetworkPlan> = {}, region = "eu-central-1") =>
  underMocks(
    () => {
      const network = new Network("net", { plan: { ...PLAN, ...plan } });
      const { vpcId, publicSubnetIds, privateSubnetIds, egressIps } = network;
      new aws.autoscaling.Group("user", {
        minSize: 1,
        maxSize: 1,
        vpcZoneIdentifiers: privateSubnetIds,
      });
      return { vpcId, publicSubnetIds, privateSubnetIds, egressIps };
    },
    { config: { "aws:region": region } },
  );

/** What the component declares itself, besides what awsx makes of its VPC. */
const ownResources = (program: MockedProgram<unknown>): string[] => {
  const component = program.only("ecs-on-ec2:index:Network").urn;
  return program.resources
    .filter(({ parent }) => parent === component)
    .map(({ type, name }) => `${type} ${name}`)
    .sort();
};

describe("Network", () => {
  it("declares the VPC and the gateway endpoint of S3, and nothing that is switched off", async () => {
    assert.deepEqual(ownResources(await declareNetwork()), [
      "aws:ec2/vpcEndpoint:VpcEndpoint net-s3",
      "awsx:ec2:Vpc net",
    ]);
  });

  it("hands the plan to awsx with every strategy named", async () => {
    const program = await declareNetwork({
      cidrBlock: "10.8.0.0/20",
      availabilityZones: 3,
      natStrategy: "OnePerAz",
      zonePrefixLength: 22,
      publicPrefixLength: 26,
      privatePrefixLength: 24,
    });

    assert.deepEqual(program.only("awsx:ec2:Vpc").inputs, {
      cidrBlock: "10.8.0.0/20",
      numberOfAvailabilityZones: 3,
      availabilityZoneCidrMask: 22,
      subnetStrategy: "Auto",
      subnetSpecs: [
        { type: "Public", cidrMask: 26 },
        { type: "Private", cidrMask: 24 },
      ],
      natGateways: { strategy: "OnePerAz" },
      enableDnsHostnames: true,
      enableDnsSupport: true,
    });
  });

  for (const region of ["eu-central-1", "us-west-2"]) {
    it(`attaches the gateway endpoint of S3 in ${region} to every route table`, async () => {
      const program = await declareNetwork({}, region);

      const { inputs, dependencies } = program.only(ENDPOINT);
      const { routeTableIds, ...rest } = inputs;
      assert.deepEqual(rest, {
        vpcId: program.outputs["vpcId"],
        serviceName: `com.amazonaws.${region}.s3`,
        vpcEndpointType: "Gateway",
        tags: { Name: "net-s3" },
      });
      const routeTables = program.ofType("aws:ec2/routeTable:RouteTable");
      assert.equal(routeTables.length, 4);
      assert.equal(new Set(routeTableIds as string[]).size, 4);
      for (const id of routeTableIds as string[]) {
        assert.match(id, /^rtb-/);
      }
      assert.deepEqual(
        routeTables.filter(({ urn }) => !dependencies.includes(urn)),
        [],
      );
    });
  }

  it("puts an interface endpoint for each planned service into the private subnets", async () => {
    const program = await declareNetwork({ interfaceEndpoints: ["ecr.api", "ecs-agent"] });

    assert.deepEqual(ownResources(program), [
      "aws:ec2/securityGroup:SecurityGroup net-endpoints",
      "aws:ec2/vpcEndpoint:VpcEndpoint net-ecr-api",
      "aws:ec2/vpcEndpoint:VpcEndpoint net-ecs-agent",
      "aws:ec2/vpcEndpoint:VpcEndpoint net-s3",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule net-endpoints-from-vpc",
      "awsx:ec2:Vpc net",
    ]);
    const rule = program.only("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    assert.deepEqual(program.named(ENDPOINT, "net-ecr-api").inputs, {
      vpcId: program.outputs["vpcId"],
      serviceName: "com.amazonaws.eu-central-1.ecr.api",
      vpcEndpointType: "Interface",
      subnetIds: program.outputs["privateSubnetIds"],
      securityGroupIds: [rule.inputs["securityGroupId"]],
      privateDnsEnabled: true,
      tags: { Name: "net-ecr-api" },
    });
  });

  it("opens the interface endpoints to the VPC on HTTPS only", async () => {
    const program = await declareNetwork({ interfaceEndpoints: ["logs"] });

    const rule = program.only("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    const { securityGroupId, ...rest } = rule.inputs;
    assert.match(securityGroupId as string, /^sg-/);
    assert.deepEqual(rest, {
      description: "HTTPS from the VPC",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "10.0.0.0/16",
    });
    assert.deepEqual(program.only(SECURITY_GROUP).inputs, {
      vpcId: program.outputs["vpcId"],
      description: "Interface endpoints of the VPC",
    });
    assert.deepEqual(program.ofType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"), []);
  });

  it("lets nothing into the private subnets before the endpoints, nor keeps it after them", async () => {
    const program = await declareNetwork({ interfaceEndpoints: ["ecs"], natStrategy: "None" });

    const { dependencies } = program.only("aws:autoscaling/group:Group");
    for (const { urn } of [
      ...program.ofType(ENDPOINT),
      program.only("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
    ]) {
      assert.ok(dependencies.includes(urn), urn);
    }
  });

  for (const [natStrategy, gateways] of [
    ["None", 0],
    ["Single", 1],
    ["OnePerAz", 2],
  ] as const) {
    it(`puts out ${String(gateways)} egress addresses with the NAT strategy ${natStrategy}`, async () => {
      const program = await declareNetwork({ natStrategy });

      assert.equal(program.ofType("aws:ec2/natGateway:NatGateway").length, gateways);
      const egressIps = program.outputs["egressIps"] as string[];
      assert.equal(egressIps.length, gateways);
      for (const address of egressIps) {
        assert.match(address, /^203\.0\.113\.\d+$/);
      }
    });
  }

  it("puts out one public and one private subnet a zone", async () => {
    const { outputs } = await declareNetwork({ availabilityZones: 3 });

    const subnets = [outputs["publicSubnetIds"], outputs["privateSubnetIds"]] as string[][];
    assert.deepEqual(
      subnets.map(({ length }) => length),
      [3, 3],
    );
    assert.equal(new Set(subnets.flat()).size, 6);
  });

  describe("with flow logs", () => {
    const declareFlowLogs = (deletionProtection = false) =>
      declareNetwork({ flowLogs: { retentionDays: 30, deletionProtection } });

    it("keeps the log when a protected network goes", async () => {
      const retained = async (deletionProtection: boolean) =>
        (await declareFlowLogs(deletionProtection)).only("aws:cloudwatch/logGroup:LogGroup")
          .retainOnDelete;

      assert.deepEqual([await retained(true), await retained(false)], [true, false]);
    });

    it("declares the flow log with a log group and a role of its own", async () => {
      assert.deepEqual(ownResources(await declareFlowLogs()), [
        "aws:cloudwatch/logGroup:LogGroup net-flow-logs",
        "aws:ec2/flowLog:FlowLog net-flow-logs",
        "aws:ec2/vpcEndpoint:VpcEndpoint net-s3",
        "aws:iam/role:Role net-flow-logs",
        "aws:iam/rolePolicy:RolePolicy net-flow-logs",
        "awsx:ec2:Vpc net",
      ]);
    });

    it("records rejected traffic every minute into the log group", async () => {
      const program = await declareFlowLogs();

      const logGroup = program.only("aws:cloudwatch/logGroup:LogGroup");
      assert.deepEqual(logGroup.inputs, { retentionInDays: 30 });
      const flowLog = program.only("aws:ec2/flowLog:FlowLog");
      const { logDestination, iamRoleArn, ...rest } = flowLog.inputs;
      assert.deepEqual(rest, {
        vpcId: program.outputs["vpcId"],
        trafficType: "REJECT",
        maxAggregationInterval: 60,
        logDestinationType: "cloud-watch-logs",
        tags: { Name: "net-flow-logs" },
      });
      const role = program.only("aws:iam/rolePolicy:RolePolicy").inputs["role"] as string;
      assert.equal(iamRoleArn, `arn:aws:iam::123456789012:role/${role}`);
      assert.match(
        logDestination as string,
        /^arn:aws:logs:eu-central-1:123456789012:log-group:net/,
      );
      assert.ok(flowLog.dependencies.includes(logGroup.urn));
    });

    it("lets the service write to that log group only, and for flow logs of the account only", async () => {
      const program = await declareFlowLogs();

      const role = program.only("aws:iam/role:Role");
      assert.deepEqual(
        JSON.parse(role.inputs["assumeRolePolicy"] as string),
        buildFlowLogTrustPolicy({
          partition: "aws",
          region: "eu-central-1",
          accountId: "123456789012",
        }),
      );
      const policy = program.only("aws:iam/rolePolicy:RolePolicy");
      const logGroupArn = program.only("aws:ec2/flowLog:FlowLog").inputs[
        "logDestination"
      ] as string;
      assert.deepEqual(
        JSON.parse(policy.inputs["policy"] as string),
        buildFlowLogPolicy(logGroupArn),
      );
    });

    it("starts the flow log once its role may write", async () => {
      const program = await declareFlowLogs();

      const { dependencies } = program.only("aws:ec2/flowLog:FlowLog");
      assert.ok(dependencies.includes(program.only("aws:iam/rolePolicy:RolePolicy").urn));
    });
  });
});
