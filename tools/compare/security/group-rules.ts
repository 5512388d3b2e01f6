import { UNKNOWN, type Bag, type Json, type ResourceNode } from "../../preview/graph";
import type { Claim } from "./claims";
import { readable } from "./readable";
import type { ComparedSide } from "./compared-sides";
import { titleOf } from "./title";
import { peerOfCidr, protocolsAndPorts, type Peer, type Traffic } from "./traffic";
import { isTrue, listOf, textsOf } from "./values";

export type Direction = "ingress" | "egress";

/** What a security group lets through in one direction. */
export interface GroupRules {
  /** URN of the group, or its id where the stack does not declare it. */
  readonly group: string;
  /** For a person: `SecurityGroup web-instances`. */
  readonly title: string;
  readonly direction: Direction;
  readonly rules: readonly GroupRule[];
}

export interface GroupRule extends Claim<Traffic> {
  /** What its peer is named by. */
  readonly peerNamedBy: "addresses" | "group" | "prefix list";
  /** For a person: `SecurityGroupIngressRule web-ssh`, or the group that holds it. */
  readonly title: string;
  /** True where only the deployment tells its protocol or ports. */
  readonly hasUnknownPorts: boolean;
}

/** Types of security groups. */
export const GROUP_TYPES = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
];
const OLDER_RULE_TYPE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const RULE_TYPES: Readonly<Record<Direction, string>> = {
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
};
const DIRECTIONS: readonly Direction[] = ["ingress", "egress"];

/** The rules of all groups, by group and direction: those of resources of their own and those that a group holds. */
export function groupRules(side: ComparedSide): ReadonlyMap<string, GroupRules> {
  const all = new Map<string, GroupRules>();
  const add = (subject: Subject, direction: Direction, rules: readonly GroupRule[]): void => {
    const key = `${subject.group} ${direction}`;
    all.set(key, {
      ...subject,
      direction,
      rules: [...(all.get(key)?.rules ?? []), ...rules],
    });
  };
  for (const direction of DIRECTIONS) {
    for (const group of side.ofType(...GROUP_TYPES)) {
      const rules = listOf(group.inputs[direction]).flatMap((rule) =>
        claimsOf(group, rule as Bag, direction, group.urn),
      );
      add(subjectOf(group), direction, rules);
    }
    for (const rule of side.ofType(RULE_TYPES[direction])) {
      const subject = groupOf(side, rule);
      add(subject, direction, claimsOf(rule, rule.inputs, direction, subject.group));
    }
  }
  for (const rule of side.ofType(OLDER_RULE_TYPE)) {
    const subject = groupOf(side, rule);
    const direction = rule.inputs["type"] === "egress" ? "egress" : "ingress";
    add(subject, direction, claimsOf(rule, rule.inputs, direction, subject.group));
  }
  return all;
}

type Subject = Pick<GroupRules, "group" | "title">;

const subjectOf = ({ urn, name }: ResourceNode): Subject => ({
  group: urn,
  title: `SecurityGroup ${name}`,
});

function groupOf(side: ComparedSide, rule: ResourceNode): Subject {
  const group = side
    .referred(rule, "securityGroupId")
    .find(({ type }) => GROUP_TYPES.includes(type));
  if (group !== undefined) {
    return subjectOf(group);
  }
  const [id = UNKNOWN] = textsOf(rule.inputs["securityGroupId"]);
  return { group: id, title: `SecurityGroup ${readable(id)}` };
}

/** A claim for each peer of a rule. A rule on the group itself names the group, as EC2 stores it. */
function claimsOf(
  node: ResourceNode,
  rule: Bag,
  direction: Direction,
  group: string,
): readonly GroupRule[] {
  const { urn, source } = node;
  const spelled = {
    protocol: textsOf(rule["ipProtocol"] ?? rule["protocol"])[0] ?? "-1",
    fromPort: portOf(rule["fromPort"]),
    toPort: portOf(rule["toPort"]),
  };
  const passing = protocolsAndPorts(spelled);
  const hasUnknownPorts = ["ipProtocol", "protocol", "fromPort", "toPort"].some(
    (key) => rule[key] === UNKNOWN,
  );
  return peersOf(rule, group).map(({ peer, text, peerNamedBy }) => ({
    kind: direction,
    text: `${describePassing(passing)} ${direction === "ingress" ? "from" : "to"} ${text}`,
    hint: urn,
    value: { peer, ...passing },
    urn,
    source,
    peerNamedBy,
    title: titleOf(node),
    hasUnknownPorts,
  }));
}

const portOf = (value: Json | undefined): number | undefined => {
  const number = value === undefined || value === null || value === "" ? NaN : Number(value);
  return Number.isInteger(number) ? number : undefined;
};

interface NamedPeer extends Pick<GroupRule, "peerNamedBy"> {
  readonly peer: Peer;
  readonly text: string;
}

function peersOf(rule: Bag, group: string): readonly NamedPeer[] {
  const cidrs = ["cidrIpv4", "cidrIpv6", "cidrBlocks", "ipv6CidrBlocks"].flatMap((key) =>
    textsOf(rule[key]),
  );
  const groups = ["referencedSecurityGroupId", "securityGroups", "sourceSecurityGroupId"].flatMap(
    (key) => textsOf(rule[key]),
  );
  const lists = ["prefixListId", "prefixListIds"].flatMap((key) => textsOf(rule[key]));
  const itself = isTrue(rule["self"]) ? [`\${${group}#id}`] : [];
  return [
    ...cidrs.map((cidr) => ({
      peer: peerOfCidr(cidr),
      text: cidr,
      peerNamedBy: "addresses" as const,
    })),
    ...[...groups, ...itself].map((name) => ({
      peer: { kind: name === UNKNOWN ? "undecided" : "group", name } as const,
      text: name,
      peerNamedBy: "group" as const,
    })),
    ...lists.map((name) => ({
      peer: { kind: name === UNKNOWN ? "undecided" : "prefix list", name } as const,
      text: `prefix list ${name}`,
      peerNamedBy: "prefix list" as const,
    })),
  ];
}

/** `tcp 443`, `udp 1000-2000`, `icmp type 8 code 0`, `all traffic`. */
export function describePassing({
  protocols: [protocol, lastProtocol],
  ports: [first, last],
}: Pick<Traffic, "protocols" | "ports">): string {
  if (protocol !== lastProtocol) {
    return "all traffic";
  }
  const name = PROTOCOL_NAMES[String(protocol)] ?? `protocol ${String(protocol)}`;
  if (first === 0n && last === 65_535n) {
    return name;
  }
  if (name.startsWith("icmp")) {
    const code = first === last ? ` code ${String(first % 256n)}` : "";
    return `${name} type ${String(first / 256n)}${code}`;
  }
  return `${name} ${first === last ? String(first) : `${String(first)}-${String(last)}`}`;
}

const PROTOCOL_NAMES: Readonly<Record<string, string>> = {
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
};
