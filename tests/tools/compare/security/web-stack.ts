import assert from "node:assert/strict";
import type { Bag, ResourceNode } from "../../../../tools/preview/graph";
import { changesBetween, group, having, ingress, output } from "./changes-between";

export const front = group("front");
export const back = group("back");
export const vpc = having("aws:ec2/vpc:Vpc", "web", {});

export const subnet = (name: string, cidrBlock: string, inputs: Bag = {}): ResourceNode =>
  having("aws:ec2/subnet:Subnet", name, { cidrBlock, vpcId: output(vpc, "id"), ...inputs });
export const privateSubnet = subnet("private", "10.0.1.0/24");
export const publicSubnet = subnet("public", "10.0.0.0/24", { mapPublicIpOnLaunch: true });

const gateway = having("aws:ec2/internetGateway:InternetGateway", "web", {});
export const table = having("aws:ec2/routeTable:RouteTable", "public", {
  vpcId: output(vpc, "id"),
});
export const route = (inputs: Bag = {}): ResourceNode =>
  having("aws:ec2/route:Route", "public", {
    routeTableId: output(table, "id"),
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: output(gateway, "id"),
    ...inputs,
  });
const association = having("aws:ec2/routeTableAssociation:RouteTableAssociation", "public", {
  subnetId: output(publicSubnet, "id"),
  routeTableId: output(table, "id"),
});

export const template = (inputs: Bag = {}): ResourceNode =>
  having("aws:ec2/launchTemplate:LaunchTemplate", "web", {
    vpcSecurityGroupIds: [output(back, "id")],
    metadataOptions: { httpTokens: "required" },
    ...inputs,
  });
export const instances = (inputs: Bag = {}): ResourceNode =>
  having("aws:autoscaling/group:Group", "web", {
    launchTemplate: { id: output(template(), "id") },
    vpcZoneIdentifiers: [output(privateSubnet, "id")],
    ...inputs,
  });
const provider = having("aws:ecs/capacityProvider:CapacityProvider", "cp", {
  autoScalingGroupProvider: { autoScalingGroupArn: output(instances(), "arn") },
});

export const target = (inputs: Bag = {}, name = "web"): ResourceNode =>
  having("aws:lb/targetGroup:TargetGroup", name, {
    port: 3000,
    protocol: "HTTP",
    targetType: "instance",
    ...inputs,
  });
export const definition = (mapping: Bag, inputs: Bag = {}): ResourceNode =>
  having("aws:ecs/taskDefinition:TaskDefinition", "web", {
    containerDefinitions: JSON.stringify([
      { name: "sidecar", portMappings: [{ containerPort: 9000, hostPort: 9000 }] },
      { name: "app", portMappings: [{ containerPort: 3000, ...mapping }] },
    ]),
    networkMode: "bridge",
    ...inputs,
  });
export const service = (inputs: Bag = {}): ResourceNode =>
  having("aws:ecs/service:Service", "web", {
    capacityProviderStrategies: [{ capacityProvider: output(provider, "name") }],
    taskDefinition: output(definition({}), "arn"),
    loadBalancers: [
      { targetGroupArn: output(target(), "arn"), containerName: "app", containerPort: 3000 },
    ],
    ...inputs,
  });
/** A service whose tasks have addresses of their own. */
export const taskService = (network: Bag = {}): ResourceNode =>
  service({
    networkConfiguration: {
      securityGroups: [output(back, "id")],
      subnets: [output(privateSubnet, "id")],
      ...network,
    },
  });

export const balancer = (inputs: Bag = {}, name = "web"): ResourceNode =>
  having("aws:lb/loadBalancer:LoadBalancer", name, {
    internal: false,
    loadBalancerType: "application",
    securityGroups: [output(front, "id")],
    subnets: [output(publicSubnet, "id")],
    ...inputs,
  });
export const listener = (port: number, inputs: Bag = {}): ResourceNode =>
  having("aws:lb/listener:Listener", `on-${String(port)}`, {
    loadBalancerArn: output(balancer(), "arn"),
    protocol: "HTTP",
    port,
    defaultActions: [{ type: "forward", targetGroupArn: output(target(), "arn") }],
    ...inputs,
  });

/** A rule for outbound traffic of a group. */
export const egress = (name: string, of: ResourceNode, inputs: Bag): ResourceNode =>
  having("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", name, {
    securityGroupId: output(of, "id"),
    ipProtocol: "tcp",
    ...inputs,
  });
const anything = { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" };
export const fromWorld = (port: number, of: ResourceNode): ResourceNode =>
  ingress(`world-${String(port)}`, of, { cidrIpv4: "0.0.0.0/0", fromPort: port, toPort: port });
const dynamic = { fromPort: 32768, toPort: 65535 };
/** What the load balancer sends out; to the dynamic ports of the instances only unless told otherwise. */
export const toBack = (inputs: Bag = dynamic): ResourceNode =>
  egress("to-back", front, { referencedSecurityGroupId: output(back, "id"), ...inputs });
/** What the instances take from the load balancer. */
export const fromFront = (inputs: Bag = dynamic): ResourceNode =>
  ingress("from-front", back, { referencedSecurityGroupId: output(front, "id"), ...inputs });

/** A load balancer before tasks with dynamic host ports, open to the world on 80; with others in their place or besides. */
export function webStack(...others: readonly ResourceNode[]): readonly ResourceNode[] {
  const base = [
    vpc,
    gateway,
    table,
    route(),
    association,
    privateSubnet,
    publicSubnet,
    front,
    back,
    template(),
    instances(),
    provider,
    target(),
    definition({}),
    service(),
    balancer(),
    listener(80),
    fromWorld(80, front),
    toBack(),
    fromFront(),
    egress("back-out", back, anything),
  ];
  const nodes = new Map([...base, ...others].map((node) => [node.urn, node]));
  return [...nodes.values()];
}

export const ways = (
  before: readonly ResourceNode[] | undefined,
  after: readonly ResourceNode[],
): readonly string[] =>
  changesBetween(before, after).filter((change) => change.includes("Internet to"));

/** The ways into a stack, the same whether it comes or goes: `Group web through LoadBalancer web: tcp 80`. */
export function waysInto(nodes: readonly ResourceNode[]): readonly string[] {
  const come = ways([], nodes).map(
    (line) =>
      /^! exposure added Internet to (.*) \| - => (.*)$/.exec(line)?.slice(1).join(": ") ?? line,
  );
  const gone = ways(nodes, []).map(
    (line) =>
      /^exposure removed Internet to (.*) \| (.*) => -$/.exec(line)?.slice(1).join(": ") ?? line,
  );
  assert.deepEqual(come, gone);
  return come;
}
