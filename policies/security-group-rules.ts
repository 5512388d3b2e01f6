import type { StackResource, StackUnderJudgement } from "./policy";
import { listOf, numberOf, objectOf } from "./values";

export const SECURITY_GROUP_TYPE = "aws:ec2/securityGroup:SecurityGroup";

export type Direction = "ingress" | "egress";

const OLDER_RULE_TYPE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const RULE_TYPES = {
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
};

/** Types that the rules of a group are spread over. */
export const SECURITY_GROUP_RULE_TYPES = [OLDER_RULE_TYPE, ...Object.values(RULE_TYPES)];

/** Rules of a group that are resources of their own, in both spellings. */
export function separateRules(
  stack: StackUnderJudgement,
  group: StackResource,
  direction: Direction,
): readonly StackResource[] {
  return [
    ...stack.referring(group, "securityGroupId", RULE_TYPES[direction]),
    ...stack
      .referring(group, "securityGroupId", OLDER_RULE_TYPE)
      .filter(({ props }) => props["type"] === direction),
  ];
}

/**
 * Rules that a group holds itself: those without a rule of its own for the same ports. A group that
 * was refreshed lists the rules of both kinds, so that its list alone does not tell who wrote it.
 */
export function inlineRules(
  stack: StackUnderJudgement,
  group: StackResource,
  direction: Direction,
): readonly Readonly<Record<string, unknown>>[] {
  const separate = new Set(
    separateRules(stack, group, direction).map(({ props }) => opening(props)),
  );
  return listOf(group.props[direction])
    .map(objectOf)
    .filter((rule) => !separate.has(opening(rule)));
}

/** Protocol and ports; EC2 answers ports of its own for a rule on all protocols. */
function opening(rule: Readonly<Record<string, unknown>>): string {
  const protocol = String(rule["ipProtocol"] ?? rule["protocol"]);
  const ports = protocol === "-1" ? [] : [numberOf(rule["fromPort"]), numberOf(rule["toPort"])];
  return [protocol, ...ports].join(" ");
}
