import assert from "node:assert/strict";
import { referenceTo } from "../../../../tools/compare/reference";
import { securityChanges } from "../../../../tools/compare/security";
import type { StackSide } from "../../../../tools/compare/stack-side";
import type { Bag, ResourceNode } from "../../../../tools/preview/graph";
import { sideOf } from "../../../support/sides";
import { aComparison } from "../../review/comparisons";
import { having, output } from "./changes-between";
import {
  back,
  balancer,
  front,
  fromWorld,
  instances,
  listener,
  publicSubnet,
  target,
  ways,
  waysInto,
  webStack,
} from "./web-stack";

const LOAD_BALANCER = "LoadBalancer web: tcp 80";
const INSTANCES = "Group web through LoadBalancer web: tcp 32768-65535";

describe("reachChanges", () => {
  it("follows the internet through a load balancer to the instances behind it", () => {
    assert.deepEqual(waysInto(webStack()), [INSTANCES, LOAD_BALANCER]);
  });

  it("counts a port only where the load balancer listens and its group lets it through", () => {
    assert.deepEqual(ways(webStack(), webStack(fromWorld(443, front))), []);
    assert.deepEqual(ways(webStack(), webStack(listener(8080))), []);
  });

  it("does not pass on what the load balancer does not send, whatever the instances take", () => {
    assert.deepEqual(ways(webStack(), webStack(fromWorld(22, back))), []);
    assert.deepEqual(ways(webStack(fromWorld(22, back)), webStack()), []);
  });

  it("reaches instances directly where they have public addresses and a rule lets the world in", () => {
    const inPublic = instances({ vpcZoneIdentifiers: [output(publicSubnet, "id")] });

    assert.deepEqual(ways(webStack(), webStack(inPublic, fromWorld(22, back))), [
      "! exposure added Internet to Group web | - => tcp 22",
    ]);
    assert.deepEqual(ways(webStack(inPublic, fromWorld(22, back)), webStack(inPublic)), [
      "exposure removed Internet to Group web | tcp 22 => -",
    ]);
  });

  it("does not reach what listens inside only", () => {
    assert.deepEqual(waysInto(webStack(balancer({ internal: true }))), []);
  });

  it("passes on from the listeners that are reached only, each to its own target groups", () => {
    const admin = target({ port: 22 }, "admin");
    const instancesOfAdmin = instances({ targetGroupArns: [output(admin, "arn")] });
    const forward = { defaultActions: [{ type: "forward", targetGroupArn: output(admin, "arn") }] };
    const anyPort = ["to-back", "from-front"].map((name) => {
      const rule = webStack().find((node) => node.name === name)!;
      return { ...rule, inputs: { ...rule.inputs, fromPort: 1, toPort: 65535 } };
    });
    const closed = webStack(admin, instancesOfAdmin, listener(8022, forward), ...anyPort);

    assert.deepEqual(waysInto(closed), [INSTANCES, LOAD_BALANCER]);
    assert.deepEqual(ways(closed, [...closed, fromWorld(8022, front)]), [
      "! exposure added Internet to Group web through LoadBalancer web | - => tcp 22",
      "! exposure added Internet to LoadBalancer web | - => tcp 8022",
    ]);
  });

  it("says of a way that becomes certain that it is more than before", () => {
    const unknown = webStack(balancer({ internal: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }));
    const possible = "(possible: the preview does not know the scheme of LoadBalancer web)";

    assert.deepEqual(waysInto(unknown), [
      `${INSTANCES} ${possible}`,
      `${LOAD_BALANCER} ${possible}`,
    ]);
    assert.deepEqual(ways(unknown, webStack()), [
      `! exposure changed Internet to Group web through LoadBalancer web | tcp 32768-65535 ${possible} => tcp 32768-65535`,
      `! exposure changed Internet to LoadBalancer web | tcp 80 ${possible} => tcp 80`,
    ]);
    assert.deepEqual(ways(webStack(), unknown), [
      `exposure changed Internet to Group web through LoadBalancer web | tcp 32768-65535 => tcp 32768-65535 ${possible}`,
      `exposure changed Internet to LoadBalancer web | tcp 80 => tcp 80 ${possible}`,
    ]);
  });
});

describe("reachChanges of the shipped program", () => {
  const changes = (before: StackSide, after: StackSide): readonly string[] =>
    securityChanges(aComparison({ before, after })).map(
      (change) =>
        `${change.broadens ? "! " : ""}${change.subject} ${change.effect} ${change.title} | ${change.before ?? "-"} => ${change.after ?? "-"}`,
    );
  const withNodes = (side: StackSide, ...nodes: readonly ResourceNode[]): StackSide => ({
    ...side,
    graph: { ...side.graph, resources: [...side.graph.resources, ...nodes] },
  });
  const groupOf = ({ graph }: StackSide, name: string): ResourceNode => {
    const found = graph.resources.find(
      (node) => node.name === name && node.type === "aws:ec2/securityGroup:SecurityGroup",
    );
    assert.ok(found);
    return found;
  };
  const ssh = (side: StackSide, name: string, inputs: Bag = {}): ResourceNode =>
    having("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "ssh", {
      securityGroupId: referenceTo(groupOf(side, name).urn, "id"),
      ipProtocol: "tcp",
      fromPort: 22,
      toPort: 22,
      cidrIpv4: "0.0.0.0/0",
      ...inputs,
    });

  for (const [title, settings, group] of [
    ["instances", {}, "web-instances"],
    ["tasks with awsvpc", { "ecs-on-ec2:networkMode": "awsvpc" }, "web-tasks"],
    ["instances of awsvpc", { "ecs-on-ec2:networkMode": "awsvpc" }, "web-instances"],
    ["instances behind static ingress", { "ecs-on-ec2:staticIngressIps": "true" }, "web-instances"],
    ["the load balancer behind it", { "ecs-on-ec2:staticIngressIps": "true" }, "web-load-balancer"],
  ] as const) {
    it(`tells a rule that opens SSH to ${title}, and no way that does not exist`, async () => {
      const side = await sideOf("dev", settings);
      const open = withNodes(side, ssh(side, group));
      const rule = `SecurityGroup ${group}: ingress`;

      assert.deepEqual(changes(side, open), [
        `! network added ${rule} | - => tcp 22 from 0.0.0.0/0`,
      ]);
      assert.deepEqual(changes(open, side), [
        `network removed ${rule} | tcp 22 from 0.0.0.0/0 => -`,
      ]);
    });
  }

  for (const [title, settings, expected] of [
    ["bridge", {}, [INSTANCES, LOAD_BALANCER]],
    [
      "awsvpc",
      { "ecs-on-ec2:networkMode": "awsvpc" },
      [LOAD_BALANCER, "Service web through LoadBalancer web: tcp 3000"],
    ],
    [
      "static ingress",
      { "ecs-on-ec2:staticIngressIps": "true" },
      [
        "Group web through LoadBalancer web-tcp through LoadBalancer web: tcp 32768-65535",
        "LoadBalancer web through LoadBalancer web-tcp: tcp 80",
        "LoadBalancer web-tcp: tcp 80",
      ],
    ],
  ] as const) {
    it(`finds every way in with ${title}`, async () => {
      const { graph } = await sideOf("dev", settings);

      assert.deepEqual(waysInto(graph.resources), expected);
    });
  }
});
