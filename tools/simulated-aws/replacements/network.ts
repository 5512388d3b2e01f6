import type { Replacements } from "./replacement";
import { REGION, terraform } from "./replacement";

/** VPC, subnets, routing, addresses, endpoints and security groups. */
export const NETWORK_REPLACEMENTS: Replacements = {
  "aws:ec2/vpc:Vpc": {
    properties: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", REGION],
    conditional: [
      {
        property: "instanceTenancy",
        reason: "a VPC can leave dedicated tenancy in place, but not enter it",
        when: [{ kind: "becomes", property: "instanceTenancy", from: "default", to: "dedicated" }],
      },
    ],
    source: terraform("ec2/vpc_.go"),
  },
  "aws:ec2/subnet:Subnet": {
    properties: [
      "availabilityZone",
      "availabilityZoneId",
      "cidrBlock",
      "ipv4IpamPoolId",
      "ipv4NetmaskLength",
      "ipv6IpamPoolId",
      "ipv6Native",
      "ipv6NetmaskLength",
      "outpostArn",
      "vpcId",
      REGION,
    ],
    conditional: [
      {
        property: "ipv6CidrBlock",
        reason: "a subnet that assigns IPv6 addresses on creation keeps its block, since version 6",
        when: [{ kind: "was", property: "assignIpv6AddressOnCreation", value: true }],
      },
    ],
    source: terraform("ec2/vpc_subnet.go"),
  },
  "aws:ec2/routeTable:RouteTable": {
    properties: ["vpcId", REGION],
    source: terraform("ec2/vpc_route_table.go"),
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    properties: ["gatewayId", "subnetId", REGION],
    source: terraform("ec2/vpc_route_table_association.go"),
  },
  "aws:ec2/route:Route": {
    properties: [
      "destinationCidrBlock",
      "destinationIpv6CidrBlock",
      "destinationPrefixListId",
      "routeTableId",
      REGION,
    ],
    source: terraform("ec2/vpc_route.go"),
  },
  "aws:ec2/internetGateway:InternetGateway": {
    properties: [REGION],
    source: terraform("ec2/vpc_internet_gateway.go"),
  },
  "aws:ec2/natGateway:NatGateway": {
    properties: [
      "allocationId",
      "availabilityMode",
      "connectivityType",
      "privateIp",
      "subnetId",
      "vpcId",
      REGION,
    ],
    source: terraform("ec2/vpc_nat_gateway.go"),
  },
  "aws:ec2/eip:Eip": {
    properties: ["address", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool", REGION],
    source: terraform("ec2/ec2_eip.go"),
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    properties: [
      "resourceConfigurationArn",
      "serviceName",
      "serviceNetworkArn",
      "serviceRegion",
      "vpcEndpointType",
      "vpcId",
      REGION,
    ],
    conditional: [
      {
        property: "privateDnsEnabled",
        reason: "only an interface endpoint changes its private names in place, since version 6",
        when: ["Gateway", "GatewayLoadBalancer", "Resource", "ServiceNetwork"].map((value) => ({
          kind: "was" as const,
          property: "vpcEndpointType",
          value,
        })),
      },
    ],
    source: terraform("ec2/vpc_endpoint.go"),
  },
  "aws:ec2/flowLog:FlowLog": {
    properties: [
      "deliverCrossAccountRole",
      "destinationOptions",
      "eniId",
      "iamRoleArn",
      "logDestination",
      "logDestinationType",
      "logFormat",
      "maxAggregationInterval",
      "regionalNatGatewayId",
      "subnetId",
      "trafficType",
      "transitGatewayAttachmentId",
      "transitGatewayId",
      "vpcId",
      REGION,
    ],
    source: terraform("ec2/vpc_flow_log.go"),
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    properties: ["description", "name", "namePrefix", "vpcId", REGION],
    source: terraform("ec2/vpc_security_group.go"),
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    properties: [
      "cidrBlocks",
      "fromPort",
      "ipv6CidrBlocks",
      "prefixListIds",
      "protocol",
      "securityGroupId",
      "self",
      "sourceSecurityGroupId",
      "toPort",
      "type",
      REGION,
    ],
    deleteBeforeReplace: true,
    source: terraform("ec2/vpc_security_group_rule.go"),
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    properties: ["securityGroupId", REGION],
    source: terraform("ec2/vpc_security_group_ingress_rule.go"),
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    properties: ["securityGroupId", REGION],
    source: terraform("ec2/vpc_security_group_egress_rule.go"),
  },
};
