import assert from "node:assert/strict";
import { securityGroupIngress as policy } from "../../../../policies/rules/network/security-group-ingress";
import { UNKNOWN, type Bag } from "../../../../tools/preview/graph";
import { judgeResource, type Subject } from "../../../support/judgement";

const rule = (props: Bag = {}): Subject & { readonly props: Bag } => ({
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  props: {
    description: "Internet to load balancer",
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "0.0.0.0/0",
    ...props,
  },
});

const olderRule = (props: Bag = {}): Subject => ({
  type: "aws:ec2/securityGroupRule:SecurityGroupRule",
  props: {
    type: "ingress",
    description: "Internet to load balancer",
    protocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrBlocks: ["0.0.0.0/0"],
    ...props,
  },
});

const INLINE = {
  description: "Internet to load balancer",
  protocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrBlocks: ["0.0.0.0/0"],
};

const group = (...ingress: Bag[]): Subject => ({
  type: "aws:ec2/securityGroup:SecurityGroup",
  props: { description: "Load balancer", ingress },
});

const refused = (got: string) => ({
  violations: [
    `${got}, allowed is tcp on 80, 443 from the internet (prod, policies/limits.ts "security-group-ingress"); refer to the security group of the load balancer instead`,
  ],
  subjects: ["subject"],
  levels: ["mandatory"],
  undecided: false,
});

const UNDESCRIBED =
  'description is missing, allowed is a text that says who comes in and why (prod, policies/limits.ts "security-group-ingress"); give the rule a description';

const ACCEPTED = { violations: [], subjects: [], levels: [], undecided: false };

describe("security-group-ingress", () => {
  const complying: readonly (readonly [what: string, subject: Subject])[] = [
    ["a public port", rule()],
    ["the other public port", rule({ fromPort: 80, toPort: 80 })],
    ["a public port by the number of the protocol", rule({ ipProtocol: "6" })],
    ["ports as texts", rule({ fromPort: "443", toPort: "443" })],
    ["a public port from a source that nobody knows yet", rule({ cidrIpv4: UNKNOWN })],
    [
      "any port from a private network",
      rule({ cidrIpv4: "10.0.0.0/8", fromPort: 0, toPort: 65535 }),
    ],
    [
      "any port from a private network of IPv6",
      rule({ cidrIpv4: null, cidrIpv6: "fc00::/7", fromPort: 22, toPort: 22 }),
    ],
    [
      "everything from another group",
      rule({
        cidrIpv4: null,
        referencedSecurityGroupId: UNKNOWN,
        ipProtocol: "-1",
        fromPort: null,
        toPort: null,
      }),
    ],
    ["an older rule", olderRule()],
    [
      "an older rule that lets out",
      olderRule({ type: "egress", protocol: "-1", description: null }),
    ],
    ["an inline rule", group(INLINE)],
    ["a group without inline rules", group()],
    [
      "a group whose list is null",
      { type: "aws:ec2/securityGroup:SecurityGroup", props: { ingress: null } },
    ],
    [
      "a default group without rules",
      { type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", props: {} },
    ],
    [
      "a type that is none of its own",
      {
        type: "aws:ec2/vpc:Vpc",
        props: { ingress: [{ protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }] },
      },
    ],
  ];
  for (const [what, subject] of complying) {
    it(`accepts ${what}`, async () => {
      assert.deepEqual(await judgeResource(policy, subject), ACCEPTED);
    });
  }

  const violating: readonly (readonly [what: string, subject: Subject, got: string])[] = [
    [
      "a port below the public one",
      rule({ fromPort: 442, toPort: 442 }),
      "cidrIpv4 0.0.0.0/0 reaches tcp on 442",
    ],
    [
      "a port above the public one",
      rule({ fromPort: 444, toPort: 444 }),
      "cidrIpv4 0.0.0.0/0 reaches tcp on 444",
    ],
    [
      "a range between the public ports",
      rule({ fromPort: 80 }),
      "cidrIpv4 0.0.0.0/0 reaches tcp on 80 to 443",
    ],
    [
      "a range the wrong way round",
      rule({ fromPort: 443, toPort: 80 }),
      "cidrIpv4 0.0.0.0/0 reaches tcp on 443 to 80",
    ],
    ["a shell", rule({ fromPort: 22, toPort: 22 }), "cidrIpv4 0.0.0.0/0 reaches tcp on 22"],
    [
      "half of the internet",
      rule({ cidrIpv4: "128.0.0.0/1", fromPort: 22, toPort: 22 }),
      "cidrIpv4 128.0.0.0/1 reaches tcp on 22",
    ],
    [
      "more than a private network",
      rule({ cidrIpv4: "10.0.0.0/7", fromPort: 22, toPort: 22 }),
      "cidrIpv4 10.0.0.0/7 reaches tcp on 22",
    ],
    [
      "the internet of IPv6",
      rule({ cidrIpv4: null, cidrIpv6: "::/0", fromPort: 22, toPort: 22 }),
      "cidrIpv6 ::/0 reaches tcp on 22",
    ],
    [
      "more than a private network of IPv6",
      rule({ cidrIpv4: null, cidrIpv6: "fc00::/6", fromPort: 22, toPort: 22 }),
      "cidrIpv6 fc00::/6 reaches tcp on 22",
    ],
    [
      "all protocols",
      rule({ ipProtocol: "-1" }),
      "cidrIpv4 0.0.0.0/0 reaches all protocols and ports",
    ],
    [
      "no protocol",
      rule({ ipProtocol: null }),
      "cidrIpv4 0.0.0.0/0 reaches all protocols and ports",
    ],
    ["another protocol", rule({ ipProtocol: "UDP" }), "cidrIpv4 0.0.0.0/0 reaches protocol udp"],
    ["no ports", rule({ fromPort: null }), "cidrIpv4 0.0.0.0/0 reaches tcp on all ports"],
    [
      "a port that is none",
      rule({ toPort: "https" }),
      "cidrIpv4 0.0.0.0/0 reaches tcp on all ports",
    ],
    [
      "an older rule",
      olderRule({ fromPort: 3389, toPort: 3389 }),
      "cidrBlocks 0.0.0.0/0 reaches tcp on 3389",
    ],
    [
      "an older rule of IPv6",
      olderRule({ cidrBlocks: [], ipv6CidrBlocks: ["::/0"], protocol: "all" }),
      "ipv6CidrBlocks ::/0 reaches all protocols and ports",
    ],
    [
      "the second inline rule",
      group(INLINE, { ...INLINE, fromPort: 8080, toPort: 8080 }),
      "ingress[1].cidrBlocks 0.0.0.0/0 reaches tcp on 8080",
    ],
    [
      "a rule of the default group",
      {
        type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        props: { ingress: [{ ...INLINE, protocol: "-1" }] },
      },
      "ingress[0].cidrBlocks 0.0.0.0/0 reaches all protocols and ports",
    ],
  ];
  for (const [what, subject, got] of violating) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(await judgeResource(policy, subject), refused(got));
    });
  }

  for (const description of [null, "", "  ", 1]) {
    it(`refuses ${JSON.stringify(description)} as a description`, async () => {
      assert.deepEqual((await judgeResource(policy, rule({ description }))).violations, [
        UNDESCRIBED,
      ]);
    });
  }

  it("refuses a rule without a description", async () => {
    const subject = { ...rule(), props: { cidrIpv4: "10.0.0.0/16", ipProtocol: "-1" } };

    assert.deepEqual((await judgeResource(policy, subject)).violations, [UNDESCRIBED]);
  });

  it("refuses in dev too", async () => {
    const { levels } = await judgeResource(policy, rule({ fromPort: 22, toPort: 22 }), "dev");

    assert.deepEqual(levels, ["mandatory"]);
  });

  it("is undecided on an unknown source of another port, and decides the description", async () => {
    const { violations, undecided } = await judgeResource(
      policy,
      rule({ cidrIpv4: UNKNOWN, fromPort: 22, toPort: 22, description: "" }),
    );

    assert.equal(undecided, true);
    assert.equal(violations.length, 1);
  });

  it("decides the inline rules beside one with an unknown source", async () => {
    const { violations, undecided } = await judgeResource(
      policy,
      group(
        { ...INLINE, fromPort: 22, toPort: 22, cidrBlocks: UNKNOWN },
        { ...INLINE, protocol: "-1" },
      ),
    );

    assert.equal(undecided, true);
    assert.equal(violations.length, 1);
  });
});
