import type { Json, ResourceNode } from "../../../preview/graph";
import { openness, type Aspect, type Stand } from "../aspect";
import type { ComparedSide } from "../compared-sides";
import { bagOf, isTrue, listOf, textsOf } from "../values";

export const LOAD_BALANCER_TYPES = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
];
export const LISTENER_TYPES = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"];

/** What the internet can reach, and how it speaks to it. */
export const PUBLIC_ACCESS: readonly Aspect[] = [
  {
    types: LOAD_BALANCER_TYPES,
    read: ({ inputs }) => ({
      scheme: openness(!isTrue(inputs["internal"]), "internet-facing", "internal"),
    }),
  },
  { types: LISTENER_TYPES, read: ({ inputs }) => listenerStands(inputs) },
  {
    types: ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"],
    read: ({ inputs }) => ({
      addresses: openness(
        isTrue(inputs["mapPublicIpOnLaunch"]),
        "instances get public addresses",
        "instances get private addresses only",
      ),
    }),
  },
  {
    types: ["aws:ec2/instance:Instance", "aws:ec2/launchConfiguration:LaunchConfiguration"],
    read: ({ inputs }) => publicAddress(inputs["associatePublicIpAddress"]),
  },
  {
    types: ["aws:ec2/launchTemplate:LaunchTemplate"],
    read: ({ inputs }) =>
      publicAddress(
        listOf(inputs["networkInterfaces"]).some((item) =>
          isTrue(bagOf(item)["associatePublicIpAddress"]),
        ),
      ),
  },
  {
    types: ["aws:ecs/service:Service"],
    read: ({ inputs }) => ({
      ...publicAddress(bagOf(inputs["networkConfiguration"])["assignPublicIp"]),
      "ECS Exec": openness(
        isTrue(inputs["enableExecuteCommand"]),
        "people with ecs:ExecuteCommand get a shell in the containers",
        "no shell in the containers",
      ),
    }),
  },
  { types: ["aws:ec2/eip:Eip"], read: (node, side) => ({ address: elasticIp(node, side) }) },
  {
    types: ["aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance"],
    read: ({ inputs }) => publicAddress(inputs["publiclyAccessible"]),
  },
];

function publicAddress(value: Json | undefined): Readonly<Record<string, Stand>> {
  return {
    "public address": openness(isTrue(value), "public address", "no public address of its own"),
  };
}

/** The address of a NAT gateway only leads out. */
function elasticIp(node: ResourceNode, side: ComparedSide): Stand {
  const [gateway] = side.referring(node, "allocationId", "aws:ec2/natGateway:NatGateway");
  return openness(
    gateway === undefined,
    "public address that can be reached",
    "public address that only leads out",
  );
}

function listenerStands(inputs: ResourceNode["inputs"]): Readonly<Record<string, Stand>> {
  const { protocol: given, port } = inputs;
  const [protocol = "HTTP"] = textsOf(given);
  const actions = listOf(inputs["defaultActions"]).map(bagOf);
  const redirects =
    actions.length > 0 &&
    actions.every((action) => bagOf(action["redirect"])["protocol"] === "HTTPS");
  const isEncrypted = protocol === "HTTPS" || protocol === "TLS";
  const what = redirects ? `${protocol} that redirects to HTTPS` : protocol;
  return {
    protocol: {
      text: `${what} on port ${textsOf(port)[0] ?? "of its target"}`,
      // A listener opens something whatever it speaks.
      rank: isEncrypted || redirects ? 1 : 2,
    },
    ...(isEncrypted ? { "TLS policy": tlsPolicy(textsOf(inputs["sslPolicy"])[0]) } : {}),
  };
}

/**
 * The oldest TLS that a policy accepts, by its name. What Elastic Load Balancing takes without one
 * accepts 1.0. Source: "Security policies for your Application Load Balancer".
 */
function tlsPolicy(name = "ELBSecurityPolicy-2016-08"): Stand {
  const [, minor = "0"] = /TLS(?:13)?-1-([0-3])/.exec(name) ?? [];
  return { text: name, rank: 3 - Number(minor), isOrdinary: true };
}
