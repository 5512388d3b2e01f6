import assert from "node:assert/strict";
import type { Bag, ResourceNode } from "../../../../tools/preview/graph";
import { changesBetween, group, having, ingress, output } from "./changes-between";

const front = group("front");
const back = group("back");
const subnet = (mapPublicIpOnLaunch: boolean) =>
  having("aws:ec2/subnet:Subnet", "a", { mapPublicIpOnLaunch });
const template = having("aws:ec2/launchTemplate:LaunchTemplate", "web", {
  vpcSecurityGroupIds: [output(back, "id")],
  metadataOptions: { httpTokens: "required" },
});
const instances = having("aws:autoscaling/group:Group", "web", {
  launchTemplate: { id: output(template, "id") },
  vpcZoneIdentifiers: [output(subnet(false), "id")],
});
const provider = having("aws:ecs/capacityProvider:CapacityProvider", "cp", {
  autoScalingGroupProvider: { autoScalingGroupArn: output(instances, "arn") },
});
const target = having("aws:lb/targetGroup:TargetGroup", "web", { port: 3000 });
const service = having("aws:ecs/service:Service", "web", {
  capacityProviderStrategies: [{ capacityProvider: output(provider, "name") }],
  loadBalancers: [{ targetGroupArn: output(target, "arn") }],
});
const balancer = (inputs: Bag = {}) =>
  having("aws:lb/loadBalancer:LoadBalancer", "web", {
    internal: false,
    securityGroups: [output(front, "id")],
    ...inputs,
  });
const listener = (port: number) =>
  having("aws:lb/listener:Listener", `on-${String(port)}`, {
    loadBalancerArn: output(balancer(), "arn"),
    protocol: "HTTP",
    port,
    defaultActions: [{ type: "forward", targetGroupArn: output(target, "arn") }],
  });
const fromWorld = (port: number, of: ResourceNode) =>
  ingress(`world-${String(port)}`, of, { cidrIpv4: "0.0.0.0/0", fromPort: port, toPort: port });
const fromFront = ingress("front", back, {
  referencedSecurityGroupId: output(front, "id"),
  fromPort: 32768,
  toPort: 65535,
});

const stack = (...others: readonly ResourceNode[]): readonly ResourceNode[] => [
  front,
  back,
  subnet(false),
  template,
  instances,
  provider,
  target,
  service,
  balancer(),
  listener(80),
  fromFront,
  ...others,
];

const ways = (before: readonly ResourceNode[], after: readonly ResourceNode[]) =>
  changesBetween(before, after).filter((change) => change.includes("Internet to"));

describe("reachChanges", () => {
  it("follows the internet through a load balancer to the instances behind it", () => {
    assert.deepEqual(ways(stack(), stack(fromWorld(80, front))), [
      "! exposure added Internet to Group web through LoadBalancer web | - => tcp 32768-65535",
      "! exposure added Internet to LoadBalancer web | - => tcp 80",
    ]);
  });

  it("counts a port only where the load balancer listens and its group lets it through", () => {
    assert.deepEqual(ways(stack(), stack(fromWorld(443, front))), []);
    assert.deepEqual(
      ways(stack(fromWorld(80, front)), stack(fromWorld(80, front), listener(8080))),
      [],
    );
  });

  it("reaches instances directly where they have public addresses and a rule lets the world in", () => {
    const open = fromWorld(22, back);
    const publicly = stack(open).map((node) => (node.name === "a" ? subnet(true) : node));

    assert.deepEqual(ways(stack(), stack(open)), [
      // No instance has an address of its own, and the load balancer is not reached.
    ]);
    assert.deepEqual(ways(stack(), publicly), [
      "! exposure added Internet to Group web | - => tcp 22",
    ]);
  });

  it("does not reach what listens inside only", () => {
    const inside = stack(fromWorld(80, front)).map((node) =>
      node.type.endsWith(":LoadBalancer") ? balancer({ internal: true }) : node,
    );

    assert.deepEqual(ways(stack(fromWorld(80, front)), inside), [
      "exposure removed Internet to Group web through LoadBalancer web | tcp 32768-65535 => -",
      "exposure removed Internet to LoadBalancer web | tcp 80 => -",
    ]);
  });

  it("passes a load balancer that stands before another, and tasks with addresses of their own", () => {
    const outer = having("aws:lb/loadBalancer:LoadBalancer", "outer", {
      loadBalancerType: "network",
    });
    const hop = having("aws:lb/targetGroup:TargetGroup", "hop", { targetType: "alb" });
    const attachment = having("aws:lb/targetGroupAttachment:TargetGroupAttachment", "hop", {
      targetGroupArn: output(hop, "arn"),
      targetId: output(balancer(), "id"),
    });
    const entry = having("aws:lb/listener:Listener", "outer", {
      loadBalancerArn: output(outer, "arn"),
      protocol: "TCP",
      port: 80,
      defaultActions: [{ type: "forward", targetGroupArn: output(hop, "arn") }],
    });
    const inner = stack(ingress("vpc", front, { cidrIpv4: "10.0.0.0/16" })).map((node) =>
      node.type.endsWith(":LoadBalancer")
        ? balancer({ internal: true })
        : node.type.endsWith(":Service")
          ? {
              ...service,
              inputs: {
                ...service.inputs,
                networkConfiguration: { securityGroups: [output(back, "id")] },
              },
            }
          : node,
    );

    assert.deepEqual(ways(inner, [...inner, outer, hop, attachment, entry]), [
      "! exposure added Internet to LoadBalancer outer | - => tcp 80",
      "! exposure added Internet to LoadBalancer web through LoadBalancer outer | - => tcp 80",
      "! exposure added Internet to Service web through LoadBalancer outer through LoadBalancer web | - => tcp 32768-65535",
    ]);
  });
});
