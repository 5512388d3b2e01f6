import { UNKNOWN, type ResourceNode } from "../../preview/graph";
import { referencesIn } from "../reference";
import { LISTENER_TYPES } from "./aspects/public-access";
import type { ComparedSide } from "./compared-sides";
import { answerOf } from "./public-addresses";
import type { Doubts } from "./doubts";
import { passingsAt, taskPassings } from "./host-ports";
import { EVERYTHING, type Passing } from "./passing";
import { GROUP, isNetworkLoadBalancer, SERVICE } from "./stations";
import { titleOf } from "./title";
import type { Family } from "./traffic";
import { bagOf, isTrue, listOf, textsOf } from "./values";

/** What a station listens on, and where what comes in there goes on to. */
export interface Entry {
  readonly takes: readonly Passing[];
  readonly sendings: readonly Sending[];
}

/** What a target group sends to one station. */
export interface Sending {
  /** URN of the station. */
  readonly to: string;
  readonly passings: readonly Passing[];
  readonly family: Family;
  /** Whether the target sees the address of the client, and whether it sees the load balancer's. */
  readonly showsClient: Doubts;
  readonly showsLoadBalancer: Doubts;
}

const TARGET_GROUPS = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"];
const ATTACHMENTS = [
  "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  "aws:alb/targetGroupAttachment:TargetGroupAttachment",
];
const RULES = ["aws:lb/listenerRule:ListenerRule", "aws:alb/listenerRule:ListenerRule"];

/** The listeners of a load balancer; anything else takes what comes and passes nothing on. */
export function entriesOf(
  side: ComparedSide,
  node: ResourceNode,
  isLoadBalancer: boolean,
): readonly Entry[] {
  if (!isLoadBalancer) {
    return [{ takes: [EVERYTHING], sendings: [] }];
  }
  return side.referring(node, "loadBalancerArn", ...LISTENER_TYPES).map((listener) => {
    const { protocol, port } = listener.inputs;
    const targetsIn = (acting: ResourceNode, property: string) =>
      side
        .referred(acting, property)
        .filter(({ type }) => TARGET_GROUPS.includes(type))
        .map((target) => ({ target, doubts: guesses(acting, property) }));
    const targets = [
      ...targetsIn(listener, "defaultActions"),
      ...side
        .referring(listener, "listenerArn", ...RULES)
        .flatMap((rule) => targetsIn(rule, "actions")),
    ];
    return {
      takes: passingsAt(protocol, port, titleOf(listener)),
      sendings: targets.flatMap(({ target, doubts }) =>
        sendingsOf(side, node, target).map((sending) => ({
          ...sending,
          passings: withDoubts(sending.passings, doubts),
        })),
      ),
    };
  });
}

function sendingsOf(
  side: ComparedSide,
  loadBalancer: ResourceNode,
  target: ResourceNode,
): readonly Sending[] {
  const { protocol, port, ipAddressType } = target.inputs;
  const { showsClient, showsLoadBalancer } = sourceOf(loadBalancer, target);
  const own = () => passingsAt(protocol, port, titleOf(target));
  const sent = [
    ...side.referring(target, "loadBalancers", SERVICE).flatMap((service) => {
      const passings = registrationsOf(service, target).flatMap((registered) =>
        taskPassings(side, service, target, registered),
      );
      const doubts = [
        ...guesses(service, "loadBalancers"),
        ...guesses(service, "capacityProviderStrategies"),
      ];
      return backendsOf(side, service).map((to) => ({
        to,
        passings: withDoubts(passings, doubts),
      }));
    }),
    ...side.referring(target, "targetGroupArns", GROUP).map((group) => ({
      to: group.urn,
      passings: withDoubts(own(), guesses(group, "targetGroupArns")),
    })),
    ...side.referring(target, "targetGroupArn", ...ATTACHMENTS).flatMap((attachment) => {
      const given = attachment.inputs["port"];
      const passings =
        given === undefined ? own() : passingsAt(protocol, given, titleOf(attachment));
      const doubts = [...guesses(attachment, "targetGroupArn"), ...guesses(attachment, "targetId")];
      return side
        .referred(attachment, "targetId")
        .map(({ urn }) => ({ to: urn, passings: withDoubts(passings, doubts) }));
    }),
  ];
  return sent.map((sending) => ({
    ...sending,
    family: ipAddressType === "ipv6" ? "IPv6" : "IPv4",
    showsClient,
    showsLoadBalancer,
  }));
}

/**
 * Whose address the target sees. Only network load balancers keep the client's, to targets by IP address
 * over TCP only where told so. Source: "Client IP preservation" in the guide for Network Load Balancers.
 */
function sourceOf(
  loadBalancer: ResourceNode,
  target: ResourceNode,
): Pick<Sending, "showsClient" | "showsLoadBalancer"> {
  const { protocol, targetType, preserveClientIp } = target.inputs;
  const [transport = "TCP"] = textsOf(protocol);
  const isConnection = transport === "TCP" || transport === "TLS";
  const said = isConnection && targetType !== "alb" ? preserveClientIp : undefined;
  const isKept = said ?? !(isConnection && targetType === "ip");
  const shown = isNetworkLoadBalancer(loadBalancer) ? isKept : false;
  const doubt = `the source addresses of ${titleOf(target)}`;
  return {
    showsClient: answerOf(shown, doubt),
    showsLoadBalancer: answerOf(shown === UNKNOWN ? shown : !isTrue(shown), doubt),
  };
}

/** What an unknown value refers to is known by its dependencies only, which may be too many. */
function guesses(node: ResourceNode, property: string): readonly string[] {
  const text = JSON.stringify(node.inputs[property] ?? null);
  return text.includes(UNKNOWN) && referencesIn(text).length === 0
    ? [`the ${property} of ${titleOf(node)}`]
    : [];
}

const withDoubts = (passings: readonly Passing[], doubts: readonly string[]): readonly Passing[] =>
  passings.map((passing) => ({ ...passing, doubts: [...new Set([...passing.doubts, ...doubts])] }));

/** How a service registers its tasks with the target group. */
function registrationsOf(service: ResourceNode, target: ResourceNode) {
  const registrations = listOf(service.inputs["loadBalancers"]).map(bagOf);
  const known = registrations.filter(({ targetGroupArn }) =>
    textsOf(targetGroupArn)
      .flatMap(referencesIn)
      .some(({ source }) => source === target.urn),
  );
  return known.length > 0 ? known : registrations;
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
