import type { ArgumentTable } from "./argument";
import { named } from "./argument";
import { arn, between, cidr, cidrNetwork, oneOf } from "./argument-checks";

const ruleOfGroup = {
  required: ["ipProtocol", "securityGroupId"],
  exactlyOneOf: [["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"]],
  checks: [
    ["cidrIpv4", cidr],
    ["fromPort", between(-1, 65535)],
    ["toPort", between(-1, 65535)],
  ],
} as const;

/** VPC, subnets, routing, addresses, endpoints and security groups. */
export const NETWORK_ARGUMENTS: ArgumentTable = {
  "aws:ec2/vpc:Vpc": {
    defaults: { enableDnsSupport: true, instanceTenancy: "default" },
    checks: [
      ["cidrBlock", cidrNetwork(16, 28)],
      ["instanceTenancy", oneOf("default", "dedicated")],
    ],
  },
  "aws:ec2/subnet:Subnet": {
    required: ["vpcId"],
    defaults: {
      assignIpv6AddressOnCreation: false,
      enableDns64: false,
      enableResourceNameDnsARecordOnLaunch: false,
      enableResourceNameDnsAaaaRecordOnLaunch: false,
      ipv6Native: false,
      mapPublicIpOnLaunch: false,
    },
    checks: [["cidrBlock", cidr]],
  },
  "aws:ec2/routeTable:RouteTable": { required: ["vpcId"] },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    required: ["routeTableId"],
    exactlyOneOf: [["subnetId", "gatewayId"]],
  },
  "aws:ec2/route:Route": {
    required: ["routeTableId"],
    exactlyOneOf: [
      ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"],
      [
        "carrierGatewayId",
        "coreNetworkArn",
        "egressOnlyGatewayId",
        "gatewayId",
        "localGatewayId",
        "natGatewayId",
        "networkInterfaceId",
        "odbNetworkArn",
        "transitGatewayId",
        "vpcEndpointId",
        "vpcPeeringConnectionId",
      ],
    ],
    checks: [["destinationCidrBlock", cidr]],
  },
  "aws:ec2/internetGateway:InternetGateway": {},
  "aws:ec2/natGateway:NatGateway": {
    defaults: { connectivityType: "public" },
    checks: [["connectivityType", oneOf("private", "public")]],
  },
  "aws:ec2/eip:Eip": { checks: [["domain", oneOf("vpc", "standard")]] },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    required: ["vpcId"],
    defaults: { vpcEndpointType: "Gateway" },
    checks: [
      [
        "vpcEndpointType",
        oneOf("Interface", "Gateway", "GatewayLoadBalancer", "Resource", "ServiceNetwork"),
      ],
    ],
    sets: ["routeTableIds", "securityGroupIds", "subnetIds"],
  },
  "aws:ec2/flowLog:FlowLog": {
    exactlyOneOf: [
      [
        "eniId",
        "regionalNatGatewayId",
        "subnetId",
        "transitGatewayAttachmentId",
        "transitGatewayId",
        "vpcId",
      ],
    ],
    defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
    checks: [
      ["iamRoleArn", arn],
      ["logDestination", arn],
      ["logDestinationType", oneOf("cloud-watch-logs", "s3", "kinesis-data-firehose")],
      ["maxAggregationInterval", oneOf(60, 600)],
      ["trafficType", oneOf("ACCEPT", "REJECT", "ALL")],
    ],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    ...named(),
    defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    required: ["fromPort", "protocol", "securityGroupId", "toPort", "type"],
    defaults: { self: false },
    checks: [["type", oneOf("ingress", "egress")]],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ruleOfGroup,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ruleOfGroup,
};
