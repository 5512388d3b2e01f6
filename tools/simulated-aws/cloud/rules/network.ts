import type { Bag } from "../../../preview/graph";
import type { AccountFolder } from "../account-folder";
import { AwsError } from "../cloud";
import { textsAt } from "../property-path";
import type { Reference, RuleTable } from "./rule";
import { textOf } from "./rule";

/**
 * VPC, subnets, routing, addresses, endpoints and security groups.
 * Sources: error codes of the Amazon EC2 API reference, wording of its answers as
 * hashicorp/terraform-provider-aws matches it and as its issues quote it; AuthFailure of an address in
 * use: hashicorp/terraform-provider-aws#2968, genevieve/leftovers#33.
 */

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const ROUTE_TABLE = "aws:ec2/routeTable:RouteTable";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const NAT = "aws:ec2/natGateway:NatGateway";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const INSTANCE = "aws:ec2/instance:Instance";
const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const SERVICE = "aws:ecs/service:Service";
const RULES = [
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
];

const reference = (path: string, to: string, code: string, noun: string): Reference => ({
  path,
  to: [to],
  by: "id",
  missing: (value) => new AwsError(code, `The ${noun} '${value}' does not exist`),
});

const inVpc = reference("vpcId", VPC, "InvalidVpcID.NotFound", "vpc ID");
const subnets = (path: string) => reference(path, SUBNET, "InvalidSubnetID.NotFound", "subnet ID");
const groups = (path: string) => reference(path, GROUP, "InvalidGroup.NotFound", "security group");
const routeTables = (path: string) =>
  reference(path, ROUTE_TABLE, "InvalidRouteTableID.NotFound", "routeTable ID");

const dependencies = (noun: string, by: readonly string[]) => ({
  by,
  waits: true,
  refusal: ({ id }: { id: string }) =>
    new AwsError(
      "DependencyViolation",
      `The ${noun} '${id}' has dependencies and cannot be deleted.`,
    ),
});

const ruleOfGroup = {
  references: [groups("securityGroupId"), groups("referencedSecurityGroupId")],
};

export const NETWORK_RULES: RuleTable = {
  [VPC]: { obstacles: [dependencies("vpc", [SUBNET, GROUP, ROUTE_TABLE, GATEWAY, ENDPOINT])] },
  [SUBNET]: {
    references: [inVpc],
    unique: [
      {
        properties: ["vpcId", "cidrBlock"],
        taken: (subnet) =>
          new AwsError(
            "InvalidSubnet.Conflict",
            `The CIDR '${textOf(subnet, "cidrBlock")}' conflicts with another subnet`,
          ),
      },
    ],
    obstacles: [dependencies("subnet", [NAT, ENDPOINT, LOAD_BALANCER, INSTANCE, SERVICE])],
    takesAlong: ["aws:ec2/routeTableAssociation:RouteTableAssociation"],
  },
  [ROUTE_TABLE]: {
    references: [inVpc],
    obstacles: [
      dependencies("routeTable", ["aws:ec2/routeTableAssociation:RouteTableAssociation"]),
    ],
    takesAlong: ["aws:ec2/route:Route"],
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    references: [routeTables("routeTableId"), subnets("subnetId")],
    unique: [
      {
        properties: ["subnetId"],
        taken: (association) =>
          new AwsError(
            "Resource.AlreadyAssociated",
            `the specified association for route table ${textOf(association, "routeTableId")} conflicts with an existing association`,
          ),
      },
    ],
  },
  "aws:ec2/route:Route": {
    references: [
      routeTables("routeTableId"),
      reference("gatewayId", GATEWAY, "InvalidGatewayID.NotFound", "gateway ID"),
      reference("natGatewayId", NAT, "InvalidNatGatewayID.NotFound", "natGateway ID"),
    ],
    unique: [
      {
        properties: ["routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock"],
        taken: (route) =>
          new AwsError(
            "RouteAlreadyExists",
            `The route identified by ${textOf(route, "destinationCidrBlock")} already exists.`,
          ),
      },
    ],
  },
  [GATEWAY]: {
    references: [inVpc],
    unique: [
      {
        properties: ["vpcId"],
        taken: (gateway) =>
          new AwsError(
            "InvalidParameterValue",
            `Network ${textOf(gateway, "vpcId")} already has an internet gateway attached`,
          ),
      },
    ],
    obstacles: [
      {
        waits: true,
        when: (gateway, { folder }) =>
          folder
            .ofType(NAT)
            .some((nat) => vpcOf(textOf(nat, "subnetId"), folder) === textOf(gateway, "vpcId")) ||
          folder
            .ofType(LOAD_BALANCER)
            .some(
              (balancer) =>
                balancer.inputs["internal"] !== true &&
                vpcOf(subnetsOf(balancer.inputs)[0] ?? "", folder) === textOf(gateway, "vpcId"),
            ),
        refusal: (gateway) =>
          new AwsError(
            "DependencyViolation",
            `Network ${textOf(gateway, "vpcId")} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
          ),
      },
    ],
  },
  [NAT]: {
    references: [
      subnets("subnetId"),
      reference("allocationId", "aws:ec2/eip:Eip", "InvalidAllocationID.NotFound", "allocation ID"),
    ],
    unique: [
      {
        properties: ["allocationId"],
        taken: (nat) =>
          new AwsError(
            "Resource.AlreadyAssociated",
            `Elastic IP address [${textOf(nat, "allocationId")}] is already associated`,
          ),
      },
    ],
  },
  "aws:ec2/eip:Eip": {
    obstacles: [
      {
        by: [NAT, LOAD_BALANCER],
        waits: true,
        refusal: () =>
          new AwsError(
            "AuthFailure",
            "You do not have permission to access the specified resource.",
          ),
      },
    ],
  },
  [ENDPOINT]: {
    references: [
      reference("vpcId", VPC, "InvalidVpcId.NotFound", "Vpc Id"),
      reference("routeTableIds[*]", ROUTE_TABLE, "InvalidRouteTableId.NotFound", "routeTable ID"),
      reference("subnetIds[*]", SUBNET, "InvalidSubnetId.NotFound", "subnet ID"),
      groups("securityGroupIds[*]"),
    ],
  },
  "aws:ec2/flowLog:FlowLog": {
    references: [
      reference("vpcId", VPC, "InvalidVpcId.NotFound", "vpc ID"),
      { path: "iamRoleArn", to: ["aws:iam/role:Role"], by: "arn" },
    ],
  },
  [GROUP]: {
    references: [inVpc],
    unique: [
      {
        properties: ["vpcId", "name"],
        taken: (group) =>
          new AwsError(
            "InvalidGroup.Duplicate",
            `The security group '${textOf(group, "name")}' already exists for VPC '${textOf(group, "vpcId")}'`,
          ),
      },
    ],
    obstacles: [
      {
        by: [LOAD_BALANCER, INSTANCE, ENDPOINT, SERVICE],
        waits: true,
        refusal: dependentObject,
      },
      {
        // Its own rules go with a group; a rule of another group that names it does not.
        when: (group, { folder }) =>
          RULES.flatMap((type) => folder.ofType(type)).some(
            (rule) =>
              textOf(rule, "securityGroupId") !== group.id &&
              [
                textOf(rule, "referencedSecurityGroupId"),
                textOf(rule, "sourceSecurityGroupId"),
              ].includes(group.id),
          ),
        waits: true,
        refusal: dependentObject,
      },
    ],
    takesAlong: RULES,
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ruleOfGroup,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ruleOfGroup,
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    references: [groups("securityGroupId"), groups("sourceSecurityGroupId")],
  },
  [INSTANCE]: {
    references: [
      subnets("subnetId"),
      groups("vpcSecurityGroupIds[*]"),
      { path: "autoscalingGroup", to: ["aws:autoscaling/group:Group"], by: "name" },
    ],
  },
};

function dependentObject({ id }: { readonly id: string }): AwsError {
  return new AwsError("DependencyViolation", `resource ${id} has a dependent object`);
}

/** The subnets of a load balancer, given one by one or with addresses. */
function subnetsOf(inputs: Bag): string[] {
  return ["subnets[*]", "subnetMappings[*].subnetId"].flatMap((path) => textsAt(inputs, path));
}

function vpcOf(subnet: string, folder: AccountFolder): string | undefined {
  const found = folder.find(SUBNET, subnet);
  return found === undefined ? undefined : textOf(found, "vpcId");
}
