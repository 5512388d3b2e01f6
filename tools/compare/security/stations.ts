import { UNKNOWN, type Json, type ResourceNode } from "../../preview/graph";
import { addressRange } from "./address-range";
import { LOAD_BALANCER_TYPES } from "./aspects/public-access";
import type { ComparedSide } from "./compared-sides";
import { allOf, type Doubts } from "./doubts";
import { GROUP_TYPES } from "./group-rules";
import {
  answerOf,
  placementOf,
  publicAddresses,
  type Placement,
  type PublicAddresses,
} from "./public-addresses";
import { titleOf } from "./title";
import type { Family, Interval } from "./traffic";
import { bagOf, isTrue, listOf, textsOf } from "./values";

/** What takes traffic in: a load balancer, the instances of a group, an instance, a service with addresses of its own. */
export interface Station {
  readonly node: ResourceNode;
  /** URNs of its security groups, or ids of those that the stack does not declare; undefined where nothing filters. */
  readonly groups: readonly string[] | undefined;
  readonly isPublic: PublicAddresses;
  /** The private addresses that it can have; undefined where the stack does not tell. */
  readonly addresses: Readonly<Record<Family, readonly Interval[] | undefined>>;
}

export const GROUP = "aws:autoscaling/group:Group";
const INSTANCE = "aws:ec2/instance:Instance";
export const SERVICE = "aws:ecs/service:Service";

/** Every station of a side. */
export function stationsOf(side: ComparedSide): readonly Station[] {
  return [
    ...side.ofType(...LOAD_BALANCER_TYPES).map((node) => loadBalancer(side, node)),
    ...side.ofType(GROUP).flatMap((node) => instancesOf(side, node)),
    ...side.ofType(INSTANCE).map((node) => instance(side, node)),
    ...side
      .ofType(SERVICE)
      .filter(({ inputs }) => inputs["networkConfiguration"] !== undefined)
      .map((node) => tasksOf(side, node)),
  ];
}

/** True for a load balancer that passes connections on instead of requests. */
export const isNetworkLoadBalancer = ({ inputs }: ResourceNode): boolean =>
  inputs["loadBalancerType"] === "network";

function loadBalancer(side: ComparedSide, node: ResourceNode): Station {
  const { internal, securityGroups, subnets, ipAddressType } = node.inputs;
  const [type = "ipv4"] = textsOf(ipAddressType);
  const outside = unless(internal, `the scheme of ${titleOf(node)}`);
  const speaks = (isSpoken: boolean): Doubts =>
    answerOf(type === UNKNOWN ? type : isSpoken, `the address type of ${titleOf(node)}`);
  const property = subnets === undefined ? "subnetMappings" : "subnets";
  // A network load balancer without groups filters nothing; an application load balancer gets the VPC's own.
  const isUnfiltered =
    securityGroups === undefined &&
    !["application", undefined].includes(textsOf(node.inputs["loadBalancerType"])[0]);
  return {
    node,
    groups: isUnfiltered ? undefined : groupsIn(side, node, "securityGroups", securityGroups),
    isPublic: {
      IPv4: allOf(outside, speaks(type !== "dualstack-without-public-ipv4")),
      IPv6: allOf(outside, speaks(type.startsWith("dualstack"))),
    },
    addresses: addressesIn(placementOf(side, node, property, subnets ?? mapped(node))),
  };
}

const unless = (flag: Json | undefined, doubt: string): Doubts =>
  answerOf(flag === UNKNOWN ? flag : !isTrue(flag), doubt);

const mapped = ({ inputs }: ResourceNode): Json =>
  listOf(inputs["subnetMappings"]).flatMap((mapping) => textsOf(bagOf(mapping)["subnetId"]));

function instancesOf(side: ComparedSide, node: ResourceNode): readonly Station[] {
  const template = [
    ...side.referred(node, "mixedInstancesPolicy"),
    ...side.referred(node, "launchTemplate"),
  ].find(({ type }) => type === "aws:ec2/launchTemplate:LaunchTemplate");
  if (template === undefined) {
    return [];
  }
  const interfaces = listOf(template.inputs["networkInterfaces"]).map(bagOf);
  const said = interfaces.map((item) => item["associatePublicIpAddress"]);
  const placement = placementOf(side, node, "vpcZoneIdentifiers");
  const own = template.inputs["vpcSecurityGroupIds"];
  const ofInterfaces = interfaces.flatMap((item) => listOf(item["securityGroups"]));
  return [
    {
      node,
      groups: [
        ...groupsIn(side, template, "networkInterfaces", ofInterfaces),
        ...(own === undefined && ofInterfaces.length > 0
          ? []
          : groupsIn(side, template, "vpcSecurityGroupIds", own)),
      ],
      isPublic: publicAddresses(side, node, said.find(isSaid), placement),
      addresses: addressesIn(placement),
    },
  ];
}

/** Without a word of its own, the subnet decides. */
const isSaid = (value: Json | undefined): value is Json =>
  value !== undefined && value !== null && value !== "";

function instance(side: ComparedSide, node: ResourceNode): Station {
  const placement = placementOf(side, node, "subnetId");
  const { associatePublicIpAddress, vpcSecurityGroupIds } = node.inputs;
  const hasElasticIp =
    side.referring(node, "instance", "aws:ec2/eip:Eip").length > 0 ||
    side.referring(node, "instanceId", "aws:ec2/eipAssociation:EipAssociation").length > 0;
  return {
    node,
    groups: groupsIn(side, node, "vpcSecurityGroupIds", vpcSecurityGroupIds),
    isPublic: publicAddresses(
      side,
      node,
      hasElasticIp ? true : associatePublicIpAddress,
      placement,
    ),
    addresses: addressesIn(placement),
  };
}

function tasksOf(side: ComparedSide, node: ResourceNode): Station {
  const given = node.inputs["networkConfiguration"];
  const { assignPublicIp = false, securityGroups, subnets } = bagOf(given);
  const isUnknown = given === UNKNOWN;
  const placement = placementOf(side, node, "networkConfiguration", isUnknown ? given : subnets);
  const said = isUnknown ? given : assignPublicIp;
  return {
    node,
    groups: groupsIn(side, node, "networkConfiguration", isUnknown ? given : securityGroups),
    isPublic: publicAddresses(side, node, said, placement),
    addresses: addressesIn(placement),
  };
}

/** Security groups of a property; without one, AWS takes the VPC's default group. */
function groupsIn(
  side: ComparedSide,
  node: ResourceNode,
  property: string,
  value: Json | undefined,
): readonly string[] {
  if (value === undefined) {
    return side.ofType("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").map(({ urn }) => urn);
  }
  const declared = side
    .referred(node, property)
    .filter(({ type }) => GROUP_TYPES.includes(type))
    .map(({ urn }) => urn);
  const undeclared = textsOf(value).filter(
    (text) => text.startsWith("sg-") || (text === UNKNOWN && declared.length === 0),
  );
  return [...declared, ...undeclared];
}

function addressesIn({ subnets, isOpen }: Placement): Station["addresses"] {
  const ranges = (property: string): readonly Interval[] | undefined => {
    const known = subnets.flatMap(({ inputs }) => {
      const range = addressRange(textsOf(inputs[property])[0] ?? "");
      return range === undefined ? [] : [[range.first, range.last] as const];
    });
    return isOpen || known.length < subnets.length ? undefined : known;
  };
  return { IPv4: ranges("cidrBlock"), IPv6: ranges("ipv6CidrBlock") };
}
