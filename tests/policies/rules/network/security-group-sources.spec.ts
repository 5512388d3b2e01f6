import assert from "node:assert/strict";
import { securityGroupSources as policy } from "../../../../policies/rules/network/security-group-sources";
import { UNKNOWN, type Bag } from "../../../../tools/preview/graph";
import { judgeStack, type Subject } from "../../../support/judgement";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";

const group = (name: string, props: Bag = {}, refers: Subject["refers"] = {}): Subject => ({
  type: GROUP,
  name,
  props,
  refers,
});

const rule = (name: string, into: string, props: Bag = {}, from: string[] = []): Subject => ({
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  name,
  props: { ipProtocol: "tcp", fromPort: 443, toPort: 443, securityGroupId: UNKNOWN, ...props },
  refers: { securityGroupId: [into], referencedSecurityGroupId: from },
});

const older = (name: string, into: string, props: Bag = {}, from: string[] = []): Subject => ({
  type: "aws:ec2/securityGroupRule:SecurityGroupRule",
  name,
  props: { type: "ingress", protocol: "tcp", fromPort: 443, toPort: 443, ...props },
  refers: { securityGroupId: [into], sourceSecurityGroupId: from },
});

const loadBalancer = (type = "aws:lb/loadBalancer:LoadBalancer"): Subject => ({
  type,
  name: "web",
  refers: { securityGroups: ["door"] },
});

const TEMPLATE: Subject = {
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  name: "instance",
  refers: { vpcSecurityGroupIds: ["hosts"] },
};

const PUBLIC = { cidrIpv4: "0.0.0.0/0" };
const STACK: readonly Subject[] = [
  loadBalancer(),
  TEMPLATE,
  group("door"),
  group("hosts"),
  rule("internet", "door", PUBLIC),
];
const INLINE = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] };

const ACCEPTED = { violations: [], subjects: [], levels: [], undecided: false };

const refused = (subject: string, violation: string) => ({
  violations: [violation.replace("@", '(prod, policies/limits.ts "security-group-sources")')],
  subjects: [subject],
  levels: ["mandatory"],
  undecided: false,
});

const host = (got: string) =>
  `${got}, allowed is the security group of a load balancer @; refer to that group as the source, or remove the rule`;
const closed = (got: string) =>
  `${got}, allowed is that for security groups of load balancers only @; refer to a security group as the source`;
const mixed = (got: string, direction: string) =>
  `${got}, allowed is one of both @; remove ${direction} and declare its rules one by one`;

const service = (property: string): Subject => ({
  type: "aws:ecs/service:Service",
  name: "tasks",
  refers: { [property]: ["hosts"] },
});

describe("security-group-sources", () => {
  for (const [what, subjects] of [
    ["instances behind the load balancer", [...STACK, rule("http", "hosts", {}, ["door"])]],
    [
      "instances behind a load balancer of the other spelling",
      [
        loadBalancer("aws:alb/loadBalancer:LoadBalancer"),
        ...STACK.slice(1),
        rule("http", "hosts", {}, ["door"]),
      ],
    ],
    ["an older rule from the load balancer", [...STACK, older("http", "hosts", {}, ["door"])]],
    [
      "an older rule that lets instances out",
      [...STACK, older("out", "hosts", { type: "egress" })],
    ],
    ["instances that nobody reaches", STACK],
    [
      "an inline rule from the load balancer",
      [
        loadBalancer(),
        TEMPLATE,
        group("door"),
        group(
          "hosts",
          { ingress: [{ ...INLINE, cidrBlocks: [], securityGroups: [UNKNOWN] }] },
          { ingress: ["door"] },
        ),
      ],
    ],
    [
      "a database that instances reach",
      [
        ...STACK,
        group("database"),
        rule("sql", "database", { fromPort: 5432, toPort: 5432 }, ["hosts"]),
      ],
    ],
    [
      "a database in a private network",
      [...STACK, group("database"), rule("sql", "database", { cidrIpv4: "10.0.0.0/8" })],
    ],
    [
      "a refreshed group that lists its rules",
      [
        loadBalancer(),
        group("door", { ingress: [INLINE, { protocol: "-1", fromPort: 0, toPort: 0 }] }),
        rule("internet", "door", PUBLIC),
        rule("all", "door", { ipProtocol: "-1", fromPort: null, toPort: null }),
      ],
    ],
    ["a stack without groups", []],
  ] as const) {
    it(`accepts ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), ACCEPTED);
    });
  }

  for (const [what, subjects, expected] of [
    [
      "instances that the internet reaches",
      [...STACK, rule("http", "hosts", PUBLIC)],
      refused(
        "http",
        host("http lets a source that is no security group of the stack reach hosts"),
      ),
    ],
    [
      "instances that another group reaches",
      [...STACK, group("office"), rule("ssh", "hosts", {}, ["office"])],
      refused("ssh", host("ssh lets office reach hosts")),
    ],
    [
      "instances that another group reaches by an older rule",
      [...STACK, group("office"), older("ssh", "hosts", {}, ["office"])],
      refused("ssh", host("ssh lets office reach hosts")),
    ],
    [
      "instances that reach each other",
      [...STACK, rule("peers", "hosts", {}, ["hosts"])],
      refused("peers", host("peers lets hosts reach hosts")),
    ],
    [
      "instances by a network interface of the template",
      [
        loadBalancer(),
        { ...TEMPLATE, refers: { networkInterfaces: ["hosts"] } },
        ...STACK.slice(2),
        rule("http", "hosts", PUBLIC),
      ],
      refused(
        "http",
        host("http lets a source that is no security group of the stack reach hosts"),
      ),
    ],
    [
      "tasks that the internet reaches",
      [
        loadBalancer(),
        service("networkConfiguration"),
        ...STACK.slice(2),
        rule("http", "hosts", PUBLIC),
      ],
      refused(
        "http",
        host("http lets a source that is no security group of the stack reach hosts"),
      ),
    ],
    [
      "an inline rule into instances",
      [loadBalancer(), TEMPLATE, group("door"), group("hosts", { ingress: [INLINE] })],
      refused(
        "hosts",
        host("hosts lets a source that is no security group of the stack reach hosts"),
      ),
    ],
    [
      "an open group that no load balancer has",
      [...STACK, group("database"), rule("sql", "database", { cidrIpv4: null, cidrIpv6: "::/0" })],
      refused("sql", closed("sql opens database to the internet")),
    ],
    [
      "a group that is open by an older rule",
      [...STACK, group("database"), older("sql", "database", { cidrBlocks: ["0.0.0.0/0"] })],
      refused("sql", closed("sql opens database to the internet")),
    ],
    [
      "a group that is open by an inline rule",
      [...STACK, group("database", { ingress: [INLINE] })],
      refused("database", closed("database opens database to the internet")),
    ],
    [
      "inline ingress beside rules",
      [
        loadBalancer(),
        group("door", { ingress: [{ ...INLINE, fromPort: 80, toPort: 80 }] }),
        rule("internet", "door", PUBLIC),
      ],
      refused("door", mixed("door has ingress besides rules of their own", "ingress")),
    ],
    [
      "inline egress beside rules",
      [
        loadBalancer(),
        group("door", { egress: [INLINE] }),
        older("out", "door", { type: "egress", fromPort: 80, toPort: 80 }),
      ],
      refused("door", mixed("door has egress besides rules of their own", "egress")),
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(await judgeStack(policy, subjects), expected);
    });
  }

  it("refuses in dev too", async () => {
    const { levels } = await judgeStack(policy, [...STACK, rule("http", "hosts", PUBLIC)], "dev");

    assert.deepEqual(levels, ["mandatory"]);
  });

  it("is undecided on a group that does not tell its rules, and decides the others", async () => {
    const { violations, undecided } = await judgeStack(policy, [
      group("first", { ingress: UNKNOWN }),
      group("second", { ingress: [INLINE] }),
    ]);

    assert.equal(undecided, true);
    assert.equal(violations.length, 1);
  });

  it("is undecided on an unknown source, and decides the others", async () => {
    const { subjects, undecided } = await judgeStack(policy, [
      group("database"),
      rule("first", "database", { cidrIpv4: UNKNOWN }),
      rule("second", "database", PUBLIC),
    ]);

    assert.equal(undecided, true);
    assert.deepEqual(subjects, ["second"]);
  });
});
