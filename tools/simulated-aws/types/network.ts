import type { Answer, ResourceTypes } from "../resource-type";
import {
  accountId,
  arn,
  digits,
  ec2Id,
  fixed,
  hex,
  nameOr,
  prefixed,
  text,
} from "../resource-type";

const ec2Arn = (kind: string, id: Answer<string>) => arn("ec2", prefixed(`${kind}/`, id));

/** An address of 203.0.113.0/24, the documentation range of RFC 5737. */
const publicIp: Answer<string> = (resource) =>
  `203.0.113.${String(Number.parseInt(hex(resource, 4), 16) % 256)}`;

const securityGroupRule = (id: Answer<string>) => ({
  id,
  taggable: true,
  computed: { arn: ec2Arn("security-group-rule", id), securityGroupRuleId: id },
});

/** VPC, subnets, routing, addresses, endpoints and security groups. */
export const NETWORK_TYPES: ResourceTypes = {
  "aws:ec2/vpc:Vpc": {
    id: ec2Id("vpc"),
    taggable: true,
    computed: {
      arn: ec2Arn("vpc", ec2Id("vpc")),
      defaultNetworkAclId: ec2Id("acl"),
      defaultRouteTableId: ec2Id("rtb"),
      defaultSecurityGroupId: ec2Id("sg"),
      dhcpOptionsId: ec2Id("dopt"),
      ipv6AssociationId: fixed(""),
      ipv6CidrBlock: fixed(""),
      mainRouteTableId: ec2Id("rtb"),
      ownerId: accountId,
    },
  },
  "aws:ec2/subnet:Subnet": {
    id: ec2Id("subnet"),
    taggable: true,
    computed: {
      arn: ec2Arn("subnet", ec2Id("subnet")),
      availabilityZoneId: (resource) => `${text(resource, "availabilityZone") ?? ""}-id`,
      ipv6CidrBlockAssociationId: fixed(""),
      ownerId: accountId,
    },
  },
  "aws:ec2/routeTable:RouteTable": {
    id: ec2Id("rtb"),
    taggable: true,
    computed: { arn: ec2Arn("route-table", ec2Id("rtb")), ownerId: accountId },
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": { id: ec2Id("rtbassoc") },
  "aws:ec2/route:Route": {
    id: (resource) => `r-${text(resource, "routeTableId") ?? "rtb"}${digits(resource, 10)}`,
    computed: {
      instanceId: fixed(""),
      instanceOwnerId: fixed(""),
      origin: fixed("CreateRoute"),
      state: fixed("active"),
    },
  },
  "aws:ec2/internetGateway:InternetGateway": {
    id: ec2Id("igw"),
    taggable: true,
    computed: { arn: ec2Arn("internet-gateway", ec2Id("igw")), ownerId: accountId },
  },
  "aws:ec2/natGateway:NatGateway": {
    id: ec2Id("nat"),
    taggable: true,
    computed: {
      associationId: ec2Id("eipassoc"),
      autoProvisionZones: fixed(""),
      autoScalingIps: fixed(""),
      networkInterfaceId: ec2Id("eni"),
      publicIp,
      regionalNatGatewayAddresses: fixed([]),
      regionalNatGatewayAutoMode: fixed(""),
      routeTableId: fixed(""),
    },
  },
  "aws:ec2/eip:Eip": {
    id: ec2Id("eipalloc"),
    taggable: true,
    computed: {
      allocationId: ec2Id("eipalloc"),
      arn: ec2Arn("elastic-ip", ec2Id("eipalloc")),
      associationId: fixed(""),
      carrierIp: fixed(""),
      customerOwnedIp: fixed(""),
      privateDns: fixed(""),
      privateIp: fixed(""),
      ptrRecord: fixed(""),
      publicDns: (resource, account) =>
        `ec2-${publicIp(resource, account).replaceAll(".", "-")}.${account.region}.compute.${account.dnsSuffix}`,
      publicIp,
    },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    id: ec2Id("vpce"),
    taggable: true,
    computed: {
      arn: ec2Arn("vpc-endpoint", ec2Id("vpce")),
      cidrBlocks: fixed([]),
      dnsEntries: fixed([]),
      networkInterfaceIds: fixed([]),
      ownerId: accountId,
      prefixListId: (resource) => `pl-${hex(resource, 8)}`,
      requesterManaged: fixed(false),
      state: fixed("available"),
    },
  },
  "aws:ec2/flowLog:FlowLog": {
    id: ec2Id("fl"),
    taggable: true,
    computed: { arn: ec2Arn("vpc-flow-log", ec2Id("fl")) },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    id: ec2Id("sg"),
    taggable: true,
    computed: {
      arn: ec2Arn("security-group", ec2Id("sg")),
      name: nameOr(),
      ownerId: accountId,
    },
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    id: (resource) => `sgrule-${digits(resource, 10)}`,
    computed: { securityGroupRuleId: ec2Id("sgr") },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule(ec2Id("sgr")),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule(ec2Id("sgr")),
};
