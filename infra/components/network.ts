import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { buildFlowLogPolicy, buildFlowLogTrustPolicy } from "../lib/flow-log-policies";
import type { NetworkPlan } from "../plan/stack-plan";
import { knownAfter } from "./known-after";
import { typeToken } from "./type-token";

export interface NetworkArgs {
  readonly plan: NetworkPlan;
  /** ARN of the policy that bounds the role of the flow logs. @default - none */
  readonly permissionsBoundary?: string | undefined;
}

/**
 * A VPC with a public and a private subnet in each zone, egress through NAT gateways with Elastic
 * IPs or through VPC endpoints, and flow logs of rejected traffic.
 *
 * NAT gateways are the largest fixed cost of a small stack (by hour and gigabyte, and their
 * addresses by hour); interface endpoints cost by hour, zone and service; the S3 gateway endpoint is
 * free and takes the layers of images off the NAT gateways.
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /** Known once the endpoints exist, so that an instance in them reaches AWS from its first second. */
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** Addresses that traffic to the internet comes from; empty without NAT gateways. */
  readonly egressIps: pulumi.Output<string[]>;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("Network"), name, args, opts);
    const { plan } = args;

    const vpc = new awsx.ec2.Vpc(
      name,
      {
        cidrBlock: plan.cidrBlock,
        numberOfAvailabilityZones: plan.availabilityZones,
        availabilityZoneCidrMask: plan.zonePrefixLength,
        subnetStrategy: "Auto",
        subnetSpecs: [
          { type: "Public", cidrMask: plan.publicPrefixLength },
          { type: "Private", cidrMask: plan.privatePrefixLength },
        ],
        natGateways: { strategy: plan.natStrategy },
        // The private names of interface endpoints need both.
        enableDnsHostnames: true,
        enableDnsSupport: true,
      },
      { parent: this },
    );
    const endpoints = [
      declareGatewayEndpoint(name, vpc, this),
      ...declareInterfaceEndpoints(name, vpc, plan, this),
    ];
    if (plan.flowLogs !== undefined) {
      declareFlowLogs(name, vpc.vpcId, plan.flowLogs, args.permissionsBoundary, this);
    }

    this.vpcId = vpc.vpcId;
    this.publicSubnetIds = vpc.publicSubnetIds;
    this.privateSubnetIds = knownAfter(vpc.privateSubnetIds, endpoints);
    this.egressIps = vpc.eips.apply((eips) => pulumi.all(eips.map(({ publicIp }) => publicIp)));
    this.registerOutputs({
      vpcId: this.vpcId,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      egressIps: this.egressIps,
    });
  }
}

/**
 * The gateway endpoint of S3, in every route table. It is not one of awsx's `vpcEndpointSpecs`,
 * which take plain text only: the service's name holds the region, and that is an output.
 */
function declareGatewayEndpoint(
  name: string,
  vpc: awsx.ec2.Vpc,
  parent: pulumi.Resource,
): aws.ec2.VpcEndpoint {
  return new aws.ec2.VpcEndpoint(
    `${name}-s3`,
    {
      vpcId: vpc.vpcId,
      serviceName: serviceName("s3", parent),
      vpcEndpointType: "Gateway",
      routeTableIds: vpc.routeTables.apply((tables) => pulumi.all(tables.map(({ id }) => id))),
      tags: { Name: `${name}-s3` },
    },
    { parent },
  );
}

/** An interface endpoint for each service, in every private subnet, open to the VPC on HTTPS only. */
function declareInterfaceEndpoints(
  name: string,
  vpc: awsx.ec2.Vpc,
  plan: NetworkPlan,
  parent: pulumi.Resource,
): readonly pulumi.CustomResource[] {
  if (plan.interfaceEndpoints.length === 0) {
    return [];
  }
  // No egress: an endpoint answers and never calls.
  const securityGroup = new aws.ec2.SecurityGroup(
    `${name}-endpoints`,
    { vpcId: vpc.vpcId, description: "Interface endpoints of the VPC" },
    { parent },
  );
  const ingress = new aws.vpc.SecurityGroupIngressRule(
    `${name}-endpoints-from-vpc`,
    {
      securityGroupId: securityGroup.id,
      description: "HTTPS from the VPC",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: plan.cidrBlock,
    },
    { parent },
  );
  const endpoints = plan.interfaceEndpoints.map((service) => {
    const endpointName = `${name}-${service.replaceAll(".", "-")}`;
    return new aws.ec2.VpcEndpoint(
      endpointName,
      {
        vpcId: vpc.vpcId,
        serviceName: serviceName(service, parent),
        vpcEndpointType: "Interface",
        subnetIds: vpc.privateSubnetIds,
        securityGroupIds: [securityGroup.id],
        privateDnsEnabled: true,
        tags: { Name: endpointName },
      },
      { parent },
    );
  });
  return [ingress, ...endpoints];
}

/** Name of a service's endpoint in the region of the stack. */
function serviceName(service: string, parent: pulumi.Resource): pulumi.Output<string> {
  return pulumi.interpolate`com.amazonaws.${aws.getRegionOutput({}, { parent }).region}.${service}`;
}

/** Flow logs of rejected traffic, minute by minute, in a log group of their own. */
function declareFlowLogs(
  name: string,
  vpcId: pulumi.Output<string>,
  plan: NonNullable<NetworkPlan["flowLogs"]>,
  permissionsBoundary: string | undefined,
  parent: pulumi.Resource,
): void {
  const { accountId } = aws.getCallerIdentityOutput({}, { parent });
  const { partition } = aws.getPartitionOutput({}, { parent });
  const { region } = aws.getRegionOutput({}, { parent });

  const logGroup = new aws.cloudwatch.LogGroup(
    `${name}-flow-logs`,
    { retentionInDays: plan.retentionDays },
    { parent, retainOnDelete: plan.deletionProtection },
  );
  const role = new aws.iam.Role(
    `${name}-flow-logs`,
    {
      description: "Writes the VPC flow logs",
      assumeRolePolicy: pulumi.jsonStringify(
        pulumi.output({ partition, region, accountId }).apply(buildFlowLogTrustPolicy),
      ),
      permissionsBoundary,
    },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-flow-logs`,
    { role: role.name, policy: pulumi.jsonStringify(logGroup.arn.apply(buildFlowLogPolicy)) },
    { parent },
  );
  new aws.ec2.FlowLog(
    `${name}-flow-logs`,
    {
      vpcId,
      trafficType: "REJECT",
      maxAggregationInterval: 60,
      logDestinationType: "cloud-watch-logs",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      tags: { Name: `${name}-flow-logs` },
    },
    // A flow log that starts before its role may write stays in the state "Access error".
    { parent, dependsOn: [policy] },
  );
}
