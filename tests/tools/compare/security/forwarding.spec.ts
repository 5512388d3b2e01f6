import assert from "node:assert/strict";
import type { Bag, ResourceNode } from "../../../../tools/preview/graph";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { having, ingress, output } from "./changes-between";
import {
  back,
  balancer,
  front,
  fromFront,
  instances,
  listener,
  service,
  target,
  toBack,
  waysInto,
  webStack,
} from "./web-stack";

const ANY_PORT: Bag = { fromPort: 1, toPort: 65535 };
const any = [toBack(ANY_PORT), fromFront(ANY_PORT)];
const through = (nodes: readonly ResourceNode[]) =>
  waysInto(nodes).filter((way) => way.includes(" through "));
const forward = (group: ResourceNode) => [
  { type: "forward", targetGroupArn: output(group, "arn") },
];

describe("entriesOf", () => {
  it("follows several target groups of one action, and those of rules", () => {
    const [first, second, third] = ["first", "second", "third"].map((name, index) =>
      target({ port: 7001 + index }, name),
    ) as [ResourceNode, ResourceNode, ResourceNode];
    const split = listener(80, {
      defaultActions: [
        {
          type: "forward",
          forward: {
            targetGroups: [first, second].map((group) => ({ arn: output(group, "arn") })),
          },
        },
      ],
    });
    const rule = having("aws:lb/listenerRule:ListenerRule", "api", {
      listenerArn: output(split, "arn"),
      actions: forward(third),
    });
    const attached = instances({
      targetGroupArns: [first, second, third].map((group) => output(group, "arn")),
    });

    assert.deepEqual(
      through(webStack(...any, first, second, third, split, rule, attached)),
      [7001, 7002, 7003].map((port) => `Group web through LoadBalancer web: tcp ${String(port)}`),
    );
  });

  it("passes nothing on from a listener that only redirects", () => {
    const redirect = listener(80, { defaultActions: [{ type: "redirect", redirect: {} }] });

    assert.deepEqual(waysInto(webStack(redirect)), ["LoadBalancer web: tcp 80"]);
  });

  it("sends to an attached instance on the port of its attachment, else of the target group", () => {
    const instance = having("aws:ec2/instance:Instance", "one", {
      associatePublicIpAddress: false,
      vpcSecurityGroupIds: [output(back, "id")],
    });
    const attachment = (inputs: Bag) =>
      having("aws:lb/targetGroupAttachment:TargetGroupAttachment", "one", {
        targetGroupArn: output(target(), "arn"),
        targetId: output(instance, "id"),
        ...inputs,
      });
    const alone = service({ loadBalancers: [] });
    const ports = (inputs: Bag) => through(webStack(...any, instance, attachment(inputs), alone));

    assert.deepEqual(ports({}), ["Instance one through LoadBalancer web: tcp 3000"]);
    assert.deepEqual(ports({ port: 8443 }), ["Instance one through LoadBalancer web: tcp 8443"]);
    assert.deepEqual(ports({ port: UNKNOWN }), [
      "Instance one through LoadBalancer web: tcp 1-65535 (possible: the preview does not know the port of TargetGroupAttachment one)",
    ]);
  });

  it("says that an unknown action may lead to what it depends on", () => {
    const unknown = {
      ...listener(80, { defaultActions: UNKNOWN }),
      propertyDependencies: { defaultActions: [target().urn] },
    };

    assert.deepEqual(through(webStack(unknown)), [
      "Group web through LoadBalancer web: tcp 32768-65535 (possible: the preview does not know the defaultActions of Listener on-80)",
    ]);
  });

  const hop = (inputs: Bag = {}) =>
    target({ targetType: "alb", protocol: "TCP", port: 80, ...inputs }, "hop");
  const outer = (inputs: Bag = {}) =>
    balancer(
      { loadBalancerType: "network", securityGroups: [output(front, "id")], ...inputs },
      "outer",
    );
  const chain = (group: ResourceNode, ...others: readonly ResourceNode[]) =>
    webStack(
      balancer({ internal: true, securityGroups: [output(back, "id")] }),
      outer(),
      group,
      having("aws:lb/targetGroupAttachment:TargetGroupAttachment", "hop", {
        targetGroupArn: output(group, "arn"),
        targetId: output(balancer(), "id"),
      }),
      having("aws:lb/listener:Listener", "outer", {
        loadBalancerArn: output(outer(), "arn"),
        protocol: "TCP",
        port: 80,
        defaultActions: forward(group),
      }),
      ...any,
      ...others,
    );
  const INNER = "LoadBalancer web through LoadBalancer outer: tcp 80";

  it("passes a load balancer before another only where that listens on the port it is sent", () => {
    assert.deepEqual(
      through(chain(hop())).filter((way) => way.startsWith("LoadBalancer")),
      [INNER],
    );
    assert.deepEqual(through(chain(hop({ port: 8080 }))), []);
  });

  it("shows a load balancer behind the client's address, so that a rule for the network lets nothing in", () => {
    const network = fromFront({
      ...ANY_PORT,
      cidrIpv4: "10.0.0.0/16",
      referencedSecurityGroupId: "sg-other",
    });
    const world = ingress("world", back, { cidrIpv4: "0.0.0.0/0", ...ANY_PORT });
    const open = outer({ securityGroups: [] });
    const unfiltered = { ...open, inputs: { ...open.inputs } };
    delete unfiltered.inputs["securityGroups"];

    assert.deepEqual(through(chain(hop(), network, unfiltered)), []);
    assert.ok(through(chain(hop(), network, world, unfiltered)).includes(INNER));
  });

  for (const [title, inputs, expected] of [
    ["keeps the client's address to instances", { targetType: "instance" }, []],
    [
      "shows its own where told so",
      { targetType: "instance", preserveClientIp: "false" },
      ["Group web through LoadBalancer web: tcp 3000"],
    ],
    [
      "shows its own to addresses over TCP",
      { targetType: "ip" },
      ["Group web through LoadBalancer web: tcp 3000"],
    ],
    [
      "may show either where only the deployment tells",
      { targetType: "instance", preserveClientIp: UNKNOWN },
      [
        "Group web through LoadBalancer web: tcp 3000 (possible: the preview does not know the source addresses of TargetGroup web)",
      ],
    ],
  ] as const) {
    it(`${title}, as a network load balancer does`, () => {
      const nodes = webStack(
        toBack(ANY_PORT),
        ingress("from-front", back, { cidrIpv4: "10.0.0.0/24", ...ANY_PORT }),
        balancer({ loadBalancerType: "network" }),
        target({ protocol: "TCP", ...inputs }),
        service({ loadBalancers: [] }),
        instances({ targetGroupArns: [output(target(), "arn")] }),
      );

      assert.deepEqual(through(nodes), expected);
    });
  }
});
