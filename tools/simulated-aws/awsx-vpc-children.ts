import type { Bag } from "../preview/graph";
import { UNKNOWN } from "../preview/graph";
import type { VpcArgs } from "./awsx-vpc-args";
import type { Declare, DeclaredVpc } from "./awsx-vpc-declared";
import { declareEndpoint } from "./awsx-vpc-endpoints";
import type { PlacedSubnet } from "./awsx-vpc-layout";
import { idOf } from "./resource-monitor";
import type { Registered } from "./resource-monitor";

/** Declares everything inside the component, in the order in which awsx does. */
export async function declareChildren(
  name: string,
  args: VpcArgs,
  zoneNames: readonly string[],
  placed: readonly PlacedSubnet[],
  component: Registered,
  declare: Declare,
): Promise<void> {
  const sharedTags: Bag = { Name: name, ...args.tags };
  const vpc = await declare({
    kind: "vpc",
    type: "aws:ec2/vpc:Vpc",
    name,
    parent: component,
    inputs: { ...args.vpc, cidrBlock: args.cidrBlock, tags: sharedTags },
  });
  const internetGateway = await declare({
    kind: "internetGateway",
    type: "aws:ec2/internetGateway:InternetGateway",
    name,
    parent: vpc,
    inputs: { vpcId: idOf(vpc), tags: sharedTags },
    dependsOn: [vpc],
    from: { vpcId: [vpc] },
  });
  const network: DeclaredVpc = {
    name,
    args,
    sharedTags,
    vpc,
    internetGateway,
    natGateways: [],
    routeTables: [],
    subnets: [],
    declare,
  };
  for (const [zone, zoneName] of zoneNames.entries()) {
    // The gateway that private subnets route through stands in a public subnet.
    const order = ["Public", "Private", "Isolated"];
    const inZone = placed
      .filter((subnet) => subnet.zone === zone)
      .sort((one, other) => order.indexOf(one.type) - order.indexOf(other.type));
    for (const subnet of inZone) {
      await declareSubnet(subnet, zoneName, network);
    }
  }
  for (const endpoint of args.endpoints) {
    await declareEndpoint(endpoint, zoneNames.length, network);
  }
}

async function declareSubnet(
  { name, type, zone, cidrBlock, tags }: PlacedSubnet,
  availabilityZone: string,
  network: DeclaredVpc,
): Promise<void> {
  const { declare, vpc, sharedTags } = network;
  const ownTags = { Name: name, SubnetType: type };
  // awsx computes the IPv6 block from the VPC's, so it is unknown until there is a VPC.
  const ipv6 = vpc.id === "" ? { ipv6CidrBlock: UNKNOWN } : {};
  const subnet = await declare({
    kind:
      type === "Public"
        ? "publicSubnets"
        : type === "Private"
          ? "privateSubnets"
          : "isolatedSubnets",
    type: "aws:ec2/subnet:Subnet",
    name,
    parent: vpc,
    inputs: {
      vpcId: idOf(vpc),
      availabilityZone,
      mapPublicIpOnLaunch: type === "Public",
      cidrBlock,
      assignIpv6AddressOnCreation: false,
      ...ipv6,
      tags: { ...sharedTags, ...tags, ...ownTags },
    },
    dependsOn: [vpc],
    from: { vpcId: [vpc], ...(vpc.id === "" ? { ipv6CidrBlock: [vpc] } : {}) },
  });
  network.subnets.push({ zone, type, subnet });
  const routeTable = await declare({
    kind: "routeTables",
    type: "aws:ec2/routeTable:RouteTable",
    name,
    parent: subnet,
    inputs: { vpcId: idOf(vpc), tags: { ...sharedTags, ...ownTags } },
    dependsOn: [subnet],
    from: { vpcId: [vpc] },
  });
  network.routeTables.push(routeTable);
  await declare({
    kind: "routeTableAssociations",
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    name,
    parent: routeTable,
    inputs: { routeTableId: idOf(routeTable), subnetId: idOf(subnet) },
    dependsOn: [routeTable],
    from: { routeTableId: [routeTable], subnetId: [subnet] },
  });
  if (type === "Public") {
    await declareNatGateway(subnet, zone, network);
  }
  await declareRoute(name, type, zone, routeTable, network);
}

async function declareNatGateway(
  subnet: Registered,
  zone: number,
  network: DeclaredVpc,
): Promise<void> {
  const { args, declare, natGateways } = network;
  const wanted = { None: 0, Single: 1, OnePerAz: zone + 1 }[args.natStrategy];
  if (natGateways.length >= wanted) {
    return;
  }
  const name = `${network.name}-${String(zone + 1)}`;
  const tags = { ...args.tags, Name: name };
  const allocationId = args.elasticIpAllocationIds[zone];
  const eip =
    allocationId === undefined
      ? await declare({
          kind: "eips",
          type: "aws:ec2/eip:Eip",
          name,
          parent: subnet,
          inputs: { tags },
          dependsOn: [subnet],
        })
      : undefined;
  const natGateway = await declare({
    kind: "natGateways",
    type: "aws:ec2/natGateway:NatGateway",
    name,
    parent: subnet,
    inputs: {
      subnetId: idOf(subnet),
      allocationId: allocationId ?? eip?.outputs["allocationId"] ?? UNKNOWN,
      tags,
    },
    dependsOn: [subnet],
    from: { subnetId: [subnet], ...(eip === undefined ? {} : { allocationId: [eip] }) },
    fromInput: eip === undefined ? { allocationId: "natGateways" } : {},
  });
  natGateways.push(natGateway);
}

async function declareRoute(
  name: string,
  type: PlacedSubnet["type"],
  zone: number,
  routeTable: Registered,
  { args, declare, internetGateway, natGateways }: DeclaredVpc,
): Promise<void> {
  const natGateway = args.natStrategy === "Single" ? natGateways[0] : natGateways[zone];
  const target = type === "Public" ? internetGateway : type === "Private" ? natGateway : undefined;
  if (target === undefined) {
    return;
  }
  const property = type === "Public" ? "gatewayId" : "natGatewayId";
  await declare({
    kind: "routes",
    type: "aws:ec2/route:Route",
    name,
    parent: routeTable,
    inputs: {
      routeTableId: idOf(routeTable),
      [property]: idOf(target),
      destinationCidrBlock: "0.0.0.0/0",
    },
    dependsOn: [routeTable],
    from: { routeTableId: [routeTable], [property]: [target] },
  });
}
