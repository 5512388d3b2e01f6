import assert from "node:assert/strict";
import type { Bag, ResourceNode } from "../../../../tools/preview/graph";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { group, having, ingress, output } from "./changes-between";
import {
  back,
  balancer,
  egress,
  front,
  instances,
  toBack,
  vpc,
  waysInto,
  webStack,
} from "./web-stack";

const DYNAMIC = { fromPort: 32768, toPort: 65535 };
const WAY = "Group web through LoadBalancer web: tcp 32768-65535";
const possible = (what: string) => `${WAY} (possible: the preview does not know ${what})`;
const through = (...others: readonly ResourceNode[]) =>
  waysInto(webStack(...others)).filter((way) => way.includes(" through "));

describe("letThrough", () => {
  it("needs the load balancer's group to let it out", () => {
    assert.deepEqual(through(toBack({ fromPort: 22, toPort: 22 })), []);
  });

  it("takes a group that the stack does not declare for one that may let through anything", () => {
    assert.deepEqual(through(balancer({ securityGroups: ["sg-1"] })), []);
    assert.deepEqual(
      through(
        balancer({ securityGroups: ["sg-1"] }),
        ingress("from-front", back, { referencedSecurityGroupId: "sg-1", ...DYNAMIC }),
      ),
      [possible("the rules of SecurityGroup sg-1")],
    );
  });

  it("says where only the deployment tells the groups or the ports of a rule", () => {
    assert.deepEqual(through(toBack({ fromPort: UNKNOWN, toPort: UNKNOWN })), [
      possible("the ports of SecurityGroupEgressRule to-back"),
    ]);
    assert.deepEqual(
      through(
        egress("to-back", front, { securityGroupId: UNKNOWN, cidrIpv4: "0.0.0.0/0", ...DYNAMIC }),
      ),
      [possible("the group of SecurityGroupEgressRule to-back")],
    );
    assert.deepEqual(
      waysInto(webStack(balancer({ securityGroups: UNKNOWN }))).at(-1),
      "LoadBalancer web: tcp 80 (possible: the preview does not know the security groups of LoadBalancer web)",
    );
  });
});

describe("isStation", () => {
  const list = having("aws:ec2/managedPrefixList:ManagedPrefixList", "balancers", {
    entries: [{ cidr: "10.0.0.0/28" }],
  });
  const from = (inputs: Bag) =>
    through(list, ingress("from-front", back, { ...DYNAMIC, ...inputs }));

  for (const [title, inputs, expected] of [
    ["every address", { cidrIpv4: "0.0.0.0/0" }, [WAY]],
    ["the load balancer's subnet", { cidrIpv4: "10.0.0.0/24" }, [WAY]],
    ["another subnet", { cidrIpv4: "10.0.7.0/24" }, []],
    ["a network of the internet", { cidrIpv4: "192.0.2.0/24" }, []],
    ["the other family", { cidrIpv6: "::/0" }, []],
    ["a prefix list of the stack", { prefixListId: output(list, "id") }, [WAY]],
    [
      "a prefix list of somebody",
      { prefixListId: "pl-1" },
      [possible("the addresses of prefix list pl-1")],
    ],
    ["another group", { referencedSecurityGroupId: "sg-2" }, []],
    [
      "unknown addresses",
      { cidrIpv4: UNKNOWN },
      [possible("the addresses of SecurityGroupIngressRule from-front")],
    ],
    [
      "an unknown group",
      { referencedSecurityGroupId: UNKNOWN },
      [possible("the groups of LoadBalancer web and of SecurityGroupIngressRule from-front")],
    ],
  ] as const) {
    it(`weighs a rule for ${title}`, () => {
      assert.deepEqual(
        from(inputs).filter((way) => way.startsWith("Group web through")),
        expected,
      );
    });
  }

  it("reads the addresses that a rule takes from a resource of the stack", () => {
    const known = { ...vpc, inputs: { cidrBlock: "10.0.0.0/16" } };
    const rule = ingress("from-front", back, { ...DYNAMIC, cidrIpv4: output(vpc, "cidrBlock") });

    assert.deepEqual(through(known, rule), [WAY]);
    assert.deepEqual(through(rule), [
      possible("the addresses of SecurityGroupIngressRule from-front"),
    ]);
  });

  it("says where the stack does not tell the addresses of the target", () => {
    const elsewhere = instances({ vpcZoneIdentifiers: ["subnet-1"] });

    assert.deepEqual(
      through(elsewhere, egress("to-back", front, { cidrIpv4: "10.0.0.0/16", ...DYNAMIC })),
      [possible("the addresses of Group web")],
    );
  });
});

describe("isInternet", () => {
  const into = (inputs: Bag) =>
    waysInto(webStack(ingress("world-80", front, { fromPort: 80, toPort: 80, ...inputs }))).filter(
      (way) => way.startsWith("LoadBalancer"),
    );

  for (const [title, inputs, expected] of [
    ["half of all addresses", { cidrIpv4: "128.0.0.0/1" }, ["LoadBalancer web: tcp 80"]],
    ["a private network", { cidrIpv4: "10.0.0.0/8" }, []],
    ["IPv6, which the load balancer does not speak", { cidrIpv6: "::/0" }, []],
    ["an unknown group", { referencedSecurityGroupId: UNKNOWN }, []],
    ["one unknown address", { cidrIpv4: `${output(group("x"), "ip")}/32` }, []],
    [
      "unknown addresses",
      { cidrIpv4: UNKNOWN },
      [
        "LoadBalancer web: tcp 80 (possible: the preview does not know the addresses of SecurityGroupIngressRule world-80)",
      ],
    ],
  ] as const) {
    it(`weighs a rule for ${title}`, () => {
      assert.deepEqual(into(inputs), expected);
    });
  }

  it("counts IPv6 at a load balancer with both families", () => {
    const nodes = [
      balancer({ ipAddressType: "dualstack" }),
      ingress("world-80", front, { fromPort: 80, toPort: 80, cidrIpv6: "::/0" }),
    ];

    assert.deepEqual(waysInto(webStack(...nodes)), [WAY, "LoadBalancer web: tcp 80"]);
  });
});
