import { inRegion, newOfEnvironment, ofEnvironment } from "./conditions";
import { actionsOf, type Area, type Environment } from "./permission-table";

const ec2 = actionsOf("ec2");

/** CreateTags is checked with every creation that tags, and both with a change of tags. */
const TAGS = ec2("CreateTags", "DeleteTags");
const [TAG = ""] = TAGS;

/**
 * What is made, as kinds in ARNs of EC2, by the action that makes it. AWS tells the tags of a request for the new
 * resource alone, and checks what it is made in by the tags that this carries. So no step names a kind that an
 * action of the same step makes something in.
 */
const STEPS: readonly {
  readonly sid: string;
  readonly made: Readonly<Record<string, string>>;
}[] = [
  {
    sid: "CreateNetwork",
    made: {
      CreateVpc: "vpc",
      CreateInternetGateway: "internet-gateway",
      AllocateAddress: "elastic-ip",
    },
  },
  { sid: "CreateSubnets", made: { CreateSubnet: "subnet", CreateRouteTable: "route-table" } },
  {
    sid: "CreateGateways",
    made: { CreateNatGateway: "natgateway", CreateVpcEndpoint: "vpc-endpoint" },
  },
  { sid: "CreateFlowLogs", made: { CreateFlowLogs: "vpc-flow-log" } },
];
const CREATIONS = STEPS.flatMap(({ made }) => Object.keys(made));
const KINDS = STEPS.flatMap(({ made }) => Object.values(made));

const arnsOf = (
  { partition, region, accountId }: Environment,
  kinds: readonly string[],
): readonly string[] =>
  kinds.map((kind) => `arn:${partition}:ec2:${region}:${accountId}:${kind}/*`);

/** VPC, subnets, routing, addresses, endpoints and flow logs. Security groups have an area of their own. */
export const NETWORK: Area = {
  name: "network",
  types: {
    "aws:ec2/vpc:Vpc": {
      source: "ec2/vpc_.go",
      create: [...ec2("CreateVpc", "ModifyVpcAttribute"), TAG],
      read: ec2(
        "DescribeVpcs",
        "DescribeVpcAttribute",
        "DescribeNetworkAcls",
        "DescribeRouteTables",
        "DescribeSecurityGroups",
      ),
      update: [...ec2("ModifyVpcAttribute"), ...TAGS],
      delete: ec2("DeleteVpc"),
    },
    "aws:ec2/subnet:Subnet": {
      source: "ec2/vpc_subnet.go",
      create: [...ec2("CreateSubnet", "ModifySubnetAttribute"), TAG],
      read: ec2("DescribeSubnets", "DescribeNetworkInterfaces"),
      update: [...ec2("ModifySubnetAttribute"), ...TAGS],
      delete: ec2("DeleteSubnet"),
    },
    "aws:ec2/routeTable:RouteTable": {
      source: "ec2/vpc_route_table.go",
      create: [...ec2("CreateRouteTable"), TAG],
      read: ec2("DescribeRouteTables"),
      update: TAGS,
      delete: ec2("DisassociateRouteTable", "DeleteRouteTable"),
    },
    "aws:ec2/route:Route": {
      source: "ec2/vpc_route.go",
      create: ec2("CreateRoute"),
      read: ec2("DescribeRouteTables"),
      update: ec2("ReplaceRoute"),
      delete: ec2("DeleteRoute"),
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {
      source: "ec2/vpc_route_table_association.go",
      create: ec2("AssociateRouteTable"),
      read: ec2("DescribeRouteTables"),
      update: ec2("ReplaceRouteTableAssociation"),
      delete: ec2("DisassociateRouteTable"),
    },
    "aws:ec2/internetGateway:InternetGateway": {
      source: "ec2/vpc_internet_gateway.go",
      create: [...ec2("CreateInternetGateway", "AttachInternetGateway"), TAG],
      read: ec2("DescribeInternetGateways"),
      update: [...ec2("AttachInternetGateway", "DetachInternetGateway"), ...TAGS],
      delete: ec2("DetachInternetGateway", "DeleteInternetGateway"),
    },
    "aws:ec2/natGateway:NatGateway": {
      source: "ec2/vpc_nat_gateway.go",
      create: [...ec2("CreateNatGateway"), TAG],
      read: ec2("DescribeNatGateways"),
      update: TAGS,
      delete: ec2("DeleteNatGateway"),
    },
    "aws:ec2/eip:Eip": {
      source: "ec2/ec2_eip.go",
      create: [...ec2("AllocateAddress"), TAG],
      read: ec2("DescribeAddresses", "DescribeAddressesAttribute"),
      update: TAGS,
      delete: ec2("DisassociateAddress", "ReleaseAddress"),
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
      source: "ec2/vpc_endpoint.go",
      create: [
        ...ec2("CreateVpcEndpoint"),
        TAG,
        // With a private DNS name, which every interface endpoint has.
        "route53:AssociateVPCWithHostedZone",
      ],
      read: ec2("DescribeVpcEndpoints", "DescribePrefixLists", "DescribeNetworkInterfaces"),
      update: [...ec2("ModifyVpcEndpoint"), ...TAGS],
      delete: ec2("DeleteVpcEndpoints"),
    },
    "aws:ec2/flowLog:FlowLog": {
      source: "ec2/vpc_flow_log.go",
      create: [...ec2("CreateFlowLogs"), TAG, "iam:PassRole"],
      read: ec2("DescribeFlowLogs"),
      update: TAGS,
      delete: ec2("DeleteFlowLogs"),
    },
  },
  functions: {
    "aws:index/getAvailabilityZones:getAvailabilityZones": {
      source: "ec2/ec2_availability_zones_data_source.go",
      read: ec2("DescribeAvailabilityZones"),
    },
  },
  reads: (application) => {
    const { partition, region, accountId } = application;
    return [
      {
        sid: "ReadNetwork",
        why: "EC2 lists resources and knows none of its own for these actions; the region is the limit",
        actions: ec2(
          "DescribeAddresses",
          "DescribeAddressesAttribute",
          "DescribeAvailabilityZones",
          "DescribeFlowLogs",
          "DescribeInternetGateways",
          "DescribeNatGateways",
          "DescribeNetworkAcls",
          "DescribeNetworkInterfaces",
          "DescribePrefixLists",
          "DescribeRouteTables",
          "DescribeSecurityGroups",
          "DescribeSubnets",
          "DescribeVpcEndpoints",
          "DescribeVpcs",
        ),
        resources: ["*"],
        condition: inRegion(application),
      },
      {
        sid: "ReadVpcAttributes",
        why: "the id of the VPC is not known before it exists",
        actions: ec2("DescribeVpcAttribute"),
        resources: [`arn:${partition}:ec2:${region}:${accountId}:vpc/*`],
      },
    ];
  },
  writes: (environment) => {
    const { partition, region, accountId } = environment;
    return [
      ...STEPS.map(({ sid, made }) => ({
        sid,
        why: "ids are not known before a resource exists: what is made has to carry the environment's tags",
        actions: ec2(...Object.keys(made)),
        resources: arnsOf(environment, Object.values(made)),
        condition: newOfEnvironment(environment),
      })),
      {
        sid: "TagNetworkAtCreation",
        why: "tags come with a creation here, which EC2 tells, so that nothing of others is tagged",
        actions: [TAG],
        resources: arnsOf(environment, KINDS),
        condition: { StringEquals: { "ec2:CreateAction": CREATIONS } },
      },
      {
        sid: "ChangeNetwork",
        why: "what carries the environment's tags is its own; creations are checked for what they are made in, too",
        actions: [
          ...ec2(
            "AssociateRouteTable",
            "AttachInternetGateway",
            "CreateFlowLogs",
            "CreateNatGateway",
            "CreateRoute",
            "CreateRouteTable",
            "CreateSubnet",
            "CreateVpcEndpoint",
            "DeleteFlowLogs",
            "DeleteInternetGateway",
            "DeleteNatGateway",
            "DeleteRoute",
            "DeleteRouteTable",
            "DeleteSubnet",
            "DeleteVpc",
            "DeleteVpcEndpoints",
            "DetachInternetGateway",
            "DisassociateAddress",
            "DisassociateRouteTable",
            "ModifySubnetAttribute",
            "ModifyVpcAttribute",
            "ModifyVpcEndpoint",
            "ReleaseAddress",
            "ReplaceRoute",
            "ReplaceRouteTableAssociation",
          ),
          ...TAGS,
        ],
        resources: arnsOf(environment, [...KINDS, "security-group"]),
        condition: ofEnvironment(environment),
      },
      {
        sid: "ReleaseInterface",
        why: "the network interface that a NAT gateway holds its address with carries no tags",
        actions: ec2("DisassociateAddress"),
        resources: [`arn:${partition}:ec2:${region}:${accountId}:network-interface/*`],
      },
      {
        sid: "NameEndpoints",
        why: "the hosted zone of an interface endpoint belongs to AWS, its id is not known before",
        actions: ["route53:AssociateVPCWithHostedZone"],
        resources: [`arn:${partition}:route53:::hostedzone/*`],
      },
    ];
  },
};
