import type { ResourceNode } from "../../preview/graph";
import { LISTENER_TYPES, LOAD_BALANCER_TYPES } from "./aspects/public-access";
import type { ComparedSide } from "./compared-sides";
import { protocolsAndPorts, type Traffic } from "./traffic";
import { bagOf, isTrue, listOf, textsOf } from "./values";

/** What takes traffic in: a load balancer, the instances of a group, an instance, a service with addresses of its own. */
export interface Station {
  readonly node: ResourceNode;
  /** URNs of its security groups; undefined where nothing filters. */
  readonly groups: readonly string[] | undefined;
  /** True where it has a public address, or where that cannot be ruled out. */
  readonly isPublic: boolean;
  /** What it listens on; undefined for whatever its groups let through. */
  readonly listens: readonly Passing[] | undefined;
}

export type Passing = Pick<Traffic, "protocols" | "ports">;

const GROUP = "aws:autoscaling/group:Group";
const INSTANCE = "aws:ec2/instance:Instance";
const SERVICE = "aws:ecs/service:Service";
const TARGET_GROUPS = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"];
const ATTACHMENTS = [
  "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  "aws:alb/targetGroupAttachment:TargetGroupAttachment",
];
const RULES = ["aws:lb/listenerRule:ListenerRule", "aws:alb/listenerRule:ListenerRule"];

/** Every station of a side. */
export function stationsOf(side: ComparedSide): readonly Station[] {
  const groupsIn = (node: ResourceNode, property: string): readonly string[] =>
    side
      .referred(node, property)
      .filter(({ type }) => type === "aws:ec2/securityGroup:SecurityGroup")
      .map(({ urn }) => urn);
  return [
    ...side.ofType(...LOAD_BALANCER_TYPES).map((node) => ({
      node,
      groups:
        node.inputs["securityGroups"] === undefined ? undefined : groupsIn(node, "securityGroups"),
      isPublic: !isTrue(node.inputs["internal"]),
      listens: listenersOf(side, node).map(({ inputs }) => passingOf(inputs)),
    })),
    ...side.ofType(GROUP).flatMap((node) => {
      const template = templateOf(side, node);
      return template === undefined
        ? []
        : [
            {
              node,
              groups: [
                ...groupsIn(template, "vpcSecurityGroupIds"),
                ...groupsIn(template, "networkInterfaces"),
              ],
              isPublic: hasPublicAddress(side, template, node, "vpcZoneIdentifiers"),
              listens: undefined,
            },
          ];
    }),
    ...side.ofType(INSTANCE).map((node) => ({
      node,
      groups: groupsIn(node, "vpcSecurityGroupIds"),
      isPublic: hasPublicAddress(side, node, node, "subnetId"),
      listens: undefined,
    })),
    ...side
      .ofType(SERVICE)
      .filter(({ inputs }) => inputs["networkConfiguration"] !== undefined)
      .map((node) => ({
        node,
        groups: groupsIn(node, "networkConfiguration"),
        isPublic: isTrue(bagOf(node.inputs["networkConfiguration"])["assignPublicIp"]),
        listens: undefined,
      })),
  ];
}

/** URNs of the stations that a load balancer passes traffic on to. */
export function forwardedTo(side: ComparedSide, loadBalancer: ResourceNode): readonly string[] {
  const listeners = listenersOf(side, loadBalancer);
  const rules = listeners.flatMap((listener) => side.referring(listener, "listenerArn", ...RULES));
  const targets = [
    ...listeners.flatMap((listener) => side.referred(listener, "defaultActions")),
    ...rules.flatMap((rule) => side.referred(rule, "actions")),
  ].filter(({ type }) => TARGET_GROUPS.includes(type));
  return [...new Set(targets)].flatMap((target) => [
    ...side
      .referring(target, "loadBalancers", SERVICE)
      .flatMap((service) => backendsOf(side, service)),
    ...side.referring(target, "targetGroupArns", GROUP).map(({ urn }) => urn),
    ...side
      .referring(target, "targetGroupArn", ...ATTACHMENTS)
      .flatMap((attachment) => side.referred(attachment, "targetId").map(({ urn }) => urn)),
  ]);
}

const listenersOf = (side: ComparedSide, node: ResourceNode): readonly ResourceNode[] =>
  side.referring(node, "loadBalancerArn", ...LISTENER_TYPES);

function passingOf(inputs: ResourceNode["inputs"]): Passing {
  const port = Number(inputs["port"]);
  const protocol = inputs["protocol"] === "UDP" ? "udp" : "tcp";
  return protocolsAndPorts({ protocol, fromPort: port, toPort: port });
}

/** Where a service's tasks take traffic in: themselves with addresses of their own, else the instances that they run on. */
function backendsOf(side: ComparedSide, service: ResourceNode): readonly string[] {
  if (service.inputs["networkConfiguration"] !== undefined) {
    return [service.urn];
  }
  return side
    .referred(service, "capacityProviderStrategies")
    .flatMap((provider) => side.referred(provider, "autoScalingGroupProvider"))
    .filter(({ type }) => type === GROUP)
    .map(({ urn }) => urn);
}

function templateOf(side: ComparedSide, group: ResourceNode): ResourceNode | undefined {
  return [
    ...side.referred(group, "mixedInstancesPolicy"),
    ...side.referred(group, "launchTemplate"),
  ].find(({ type }) => type === "aws:ec2/launchTemplate:LaunchTemplate");
}

/** By the template's own word, else by its subnets; subnets that the stack does not declare may give one. */
function hasPublicAddress(
  side: ComparedSide,
  template: ResourceNode,
  placed: ResourceNode,
  property: string,
): boolean {
  const [said] = [
    ...textsOf(template.inputs["associatePublicIpAddress"]),
    ...listOf(template.inputs["networkInterfaces"]).flatMap((item) =>
      textsOf(bagOf(item)["associatePublicIpAddress"]),
    ),
  ];
  if (said !== undefined) {
    return said === "true";
  }
  const subnets = side
    .referred(placed, property)
    .filter(({ type }) => type === "aws:ec2/subnet:Subnet");
  return (
    subnets.length === 0 || subnets.some(({ inputs }) => isTrue(inputs["mapPublicIpOnLaunch"]))
  );
}
