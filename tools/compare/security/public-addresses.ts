import { UNKNOWN, type Bag, type Json, type ResourceNode } from "../../preview/graph";
import { referencesIn } from "../reference";
import type { ComparedSide } from "./compared-sides";
import { allOf, anyOf, type Doubts } from "./doubts";
import { titleOf } from "./title";
import { isBeyondPrivate, peerOfCidr, type Family } from "./traffic";
import { isTrue, listOf, textsOf } from "./values";

/** Whether something has an address that the internet reaches, by family. */
export type PublicAddresses = Readonly<Record<Family, Doubts>>;

/** The subnets that something is in. */
export interface Placement {
  readonly subnets: readonly ResourceNode[];
  /** True where it is or may be in others that the stack does not declare. */
  readonly isOpen: boolean;
}

/** Subnets of a property; those of an unknown value by its dependencies, which may be too many. */
export function placementOf(
  side: ComparedSide,
  node: ResourceNode,
  property: string,
  value: Json | undefined = node.inputs[property],
): Placement {
  const subnets = side
    .referred(node, property)
    .filter(({ type }) => type === SUBNET || type === DEFAULT_SUBNET);
  const isOpen =
    subnets.length === 0 || textsOf(value).some((text) => referencesIn(text).length === 0);
  return { subnets, isOpen };
}

/**
 * Public addresses in the subnets: an address is public where its subnet has a route to an internet
 * gateway.
 * @param said what the resource itself says of a public IPv4 address; without it, its subnets decide
 */
export function publicAddresses(
  side: ComparedSide,
  node: ResourceNode,
  said: Json | undefined,
  { subnets, isOpen }: Placement,
): PublicAddresses {
  const own =
    said === undefined ? undefined : answerOf(said, `the public address of ${titleOf(node)}`);
  const unknown = (): Doubts => (isOpen ? [`the subnets of ${titleOf(node)}`] : undefined);
  const given = (subnet: ResourceNode, property: string): Doubts =>
    answerOf(subnet.inputs[property], `the addresses of ${titleOf(subnet)}`);
  return {
    IPv4: anyOf(
      ...subnets.map((subnet) =>
        allOf(
          said === undefined ? given(subnet, "mapPublicIpOnLaunch") : own,
          hasGateway(side, subnet, "IPv4"),
        ),
      ),
      said === undefined ? unknown() : allOf(own, unknown()),
    ),
    IPv6: anyOf(
      ...subnets.map((subnet) =>
        allOf(given(subnet, "assignIpv6AddressOnCreation"), hasGateway(side, subnet, "IPv6")),
      ),
    ),
  };
}

/** The answer of a flag. */
export function answerOf(flag: Json | undefined, doubt: string): Doubts {
  if (flag === UNKNOWN) {
    return [doubt];
  }
  return isTrue(flag) ? [] : undefined;
}

const SUBNET = "aws:ec2/subnet:Subnet";
const DEFAULT_SUBNET = "aws:ec2/defaultSubnet:DefaultSubnet";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const MAIN_ASSOCIATION = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
const DEFAULT_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";
const ROUTE = "aws:ec2/route:Route";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";

/** Whether the subnet has a route to an internet gateway. */
function hasGateway(side: ComparedSide, subnet: ResourceNode, family: Family): Doubts {
  const tables = tablesOf(side, subnet);
  return anyOf(
    ...tables
      .flatMap((table) => [
        ...side.referring(table, "routeTableId", ROUTE).map(({ inputs }) => inputs),
        ...listOf(table.inputs["routes"]).map((route) => route as Bag),
      ])
      .map((route) => leadsOut(side, route, family, subnet)),
    tables.length === 0 && !hasOwnVpc(side, subnet) ? routesOf(subnet) : undefined,
  );
}

/** The main route table of a VPC that the stack declares has no gateway unless the stack gives it one. */
const hasOwnVpc = (side: ComparedSide, subnet: ResourceNode): boolean =>
  side.referring(subnet, "subnetId", ASSOCIATION).length === 0 &&
  side.referred(subnet, "vpcId").some(({ type }) => type === "aws:ec2/vpc:Vpc");

function tablesOf(side: ComparedSide, subnet: ResourceNode): readonly ResourceNode[] {
  const associations = side.referring(subnet, "subnetId", ASSOCIATION);
  if (associations.length > 0) {
    return associations.flatMap((association) => side.referred(association, "routeTableId"));
  }
  return side.referred(subnet, "vpcId").flatMap((vpc) => {
    const main = side.referring(vpc, "vpcId", MAIN_ASSOCIATION);
    return main.length > 0
      ? main.flatMap((association) => side.referred(association, "routeTableId"))
      : side.referring(vpc, "defaultRouteTableId", DEFAULT_TABLE);
  });
}

function leadsOut(side: ComparedSide, route: Bag, family: Family, subnet: ResourceNode): Doubts {
  const [gateway = ""] = textsOf(route["gatewayId"]);
  const [destination = ""] =
    family === "IPv4"
      ? textsOf(route["destinationCidrBlock"] ?? route["cidrBlock"])
      : textsOf(route["destinationIpv6CidrBlock"] ?? route["ipv6CidrBlock"]);
  const isGateway =
    gateway.startsWith("igw-") ||
    referencesIn(gateway).some(({ source }) => side.get(source)?.type === GATEWAY);
  return allOf(
    gateway === UNKNOWN ? routesOf(subnet) : isGateway ? [] : undefined,
    destination === UNKNOWN
      ? routesOf(subnet)
      : isBeyondPrivate(peerOfCidr(destination))
        ? []
        : undefined,
  );
}

const routesOf = (subnet: ResourceNode): Doubts => [`the routes of ${titleOf(subnet)}`];
