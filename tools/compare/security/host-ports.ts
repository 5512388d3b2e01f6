import { UNKNOWN, type Bag, type Json, type ResourceNode } from "../../preview/graph";
import type { ComparedSide } from "./compared-sides";
import { EVERYTHING, type Passing } from "./passing";
import { titleOf } from "./title";
import { protocolsAndPorts } from "./traffic";
import { bagOf, listOf, parsedJson, textsOf } from "./values";

/** A protocol of listeners and target groups on a port. */
export function passingsAt(
  protocol: Json | undefined,
  port: Json | undefined,
  what: string,
): readonly Passing[] {
  const [name = "TCP"] = textsOf(protocol);
  if (name === UNKNOWN) {
    return [{ ...EVERYTHING, doubts: [`the protocol of ${what}`] }];
  }
  const number = typeof port === "string" || typeof port === "number" ? Number(port) : NaN;
  const isKnown = Number.isInteger(number);
  return (TRANSPORTS[name] ?? ["tcp"]).map((transport) => ({
    ...protocolsAndPorts({
      protocol: transport,
      fromPort: isKnown ? number : undefined,
      toPort: isKnown ? number : undefined,
    }),
    doubts: isKnown ? [] : [`the port of ${what}`],
  }));
}

/** What carries the protocols that do not run over TCP alone. */
const TRANSPORTS: Readonly<Record<string, readonly string[]>> = {
  UDP: ["udp"],
  TCP_UDP: ["tcp", "udp"],
  QUIC: ["udp"],
  TCP_QUIC: ["tcp", "udp"],
  GENEVE: ["udp"],
};

/**
 * Where the target group finds the tasks of a service: on their container's port with addresses of their
 * own, else on the port of the host that their task definition maps to it.
 */
export function taskPassings(
  side: ComparedSide,
  service: ResourceNode,
  target: ResourceNode,
  registered: Bag,
): readonly Passing[] {
  const { protocol } = target.inputs;
  const { containerName, containerPort } = registered;
  const at = (port: Json | undefined) => passingsAt(protocol, port, titleOf(service));
  if (service.inputs["networkConfiguration"] !== undefined) {
    return at(containerPort);
  }
  const definition = side
    .referred(service, "taskDefinition")
    .find(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition");
  const mapping = listOf(parsedJson(definition?.inputs["containerDefinitions"]))
    .map(bagOf)
    .filter(({ name }) => name === containerName)
    .flatMap((container) => listOf(container["portMappings"]).map(bagOf))
    .find((candidate) => Number(candidate["containerPort"]) === Number(containerPort));
  if (mapping === undefined) {
    return at(UNKNOWN);
  }
  if (definition?.inputs["networkMode"] === "host") {
    return at(containerPort);
  }
  const { hostPort = 0 } = mapping;
  return Number(hostPort) === 0
    ? at(0).map((passing) => ({ ...passing, ports: DYNAMIC }))
    : at(hostPort);
}

/**
 * Host ports that Docker gives to containers without one of their own. Source: "hostPort" of PortMapping
 * in the Amazon ECS API reference.
 */
const DYNAMIC = [32_768n, 65_535n] as const;
