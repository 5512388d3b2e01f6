import { LOAD_BALANCER_TYPES } from "../../load-balancer-types";
import {
  type Judge,
  stackPolicy,
  type StackResource,
  type StackUnderJudgement,
} from "../../policy";
import {
  inlineRules,
  SECURITY_GROUP_RULE_TYPES,
  SECURITY_GROUP_TYPE,
  separateRules,
} from "../../security-group-rules";
import { listOf } from "../../values";
import { isWorld } from "../../world";

const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const SERVICE = "aws:ecs/service:Service";

export const securityGroupSources = stackPolicy({
  name: "security-group-sources",
  description:
    "Only load balancers are open to the internet, only they reach instances and tasks, and no security group has both inline rules and rules of their own.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [
    "Security Hub EC2.18",
    "Security Hub EC2.19",
    "Control Tower CT.EC2.PR.3",
    "Control Tower CT.EC2.PR.4",
  ],
  remediationSteps:
    "Declare each rule as an aws.vpc.SecurityGroupIngressRule; for instances and tasks set its referencedSecurityGroupId to the group of the load balancer. Leave ingress and egress of a group with such rules out: the provider removes the one kind while it writes the other.",
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
  reads: [
    SECURITY_GROUP_TYPE,
    LAUNCH_TEMPLATE,
    SERVICE,
    ...SECURITY_GROUP_RULE_TYPES,
    ...LOAD_BALANCER_TYPES,
  ],
  check: (stack, judge) => {
    const groups = stack.ofType(SECURITY_GROUP_TYPE);
    const doors = groupsOf(stack, LOAD_BALANCER_TYPES, ["securityGroups"]);
    const hosts = new Set([
      ...groupsOf(stack, [LAUNCH_TEMPLATE], ["vpcSecurityGroupIds", "networkInterfaces"]),
      ...groupsOf(stack, [SERVICE], ["networkConfiguration"]),
    ]);
    for (const group of groups) {
      if (hosts.has(group)) {
        checkHost(stack, group, doors, judge);
      } else if (!doors.has(group)) {
        checkClosed(stack, group, judge);
      }
    }
    stack.each(groups, (group) => {
      checkNotMixed(stack, group, judge);
    });
  },
});

type SourcesJudge = Judge<"security-group-sources">;

/** Groups of the resources of some types, by the properties that name them. */
function groupsOf(
  stack: StackUnderJudgement,
  types: readonly string[],
  properties: readonly string[],
): ReadonlySet<StackResource> {
  const resources = types.flatMap((type) => stack.ofType(type));
  return new Set(
    resources.flatMap((resource) =>
      properties.flatMap((property) => stack.referred(resource, property, SECURITY_GROUP_TYPE)),
    ),
  );
}

const UNREFERRED = "a source that is no security group of the stack";

/** Instances and tasks: every source is the group of a load balancer. */
function checkHost(
  stack: StackUnderJudgement,
  group: StackResource,
  doors: ReadonlySet<StackResource>,
  { violate }: SourcesJudge,
): void {
  const requireDoors = (rule: StackResource, properties: readonly string[]): void => {
    const sources = properties.flatMap((property) =>
      stack.referred(rule, property, SECURITY_GROUP_TYPE),
    );
    const others = sources.filter((source) => !doors.has(source)).map(({ name }) => name);
    if (sources.length === 0 || others.length > 0) {
      violate(
        {
          got: `${rule.name} lets ${others.length > 0 ? others.join(", ") : UNREFERRED} reach ${group.name}`,
          allowed: "the security group of a load balancer",
          fix: "refer to that group as the source, or remove the rule",
        },
        rule.urn,
      );
    }
  };
  for (const rule of separateRules(stack, group, "ingress")) {
    requireDoors(rule, ["referencedSecurityGroupId", "sourceSecurityGroupId"]);
  }
  stack.each([group], () => {
    if (inlineRules(stack, group, "ingress").length > 0) {
      requireDoors(group, ["ingress"]);
    }
  });
}

/** A group that no load balancer has: no port is open to the internet, public or not. */
function checkClosed(
  stack: StackUnderJudgement,
  group: StackResource,
  { violate }: SourcesJudge,
): void {
  const requireClosed = (resource: StackResource, rule: StackResource["props"]): void => {
    if (CIDRS.some((property) => listOf(rule[property]).some(isWorld))) {
      violate(
        {
          got: `${resource.name} opens ${group.name} to the internet`,
          allowed: "that for security groups of load balancers only",
          fix: "refer to a security group as the source",
        },
        resource.urn,
      );
    }
  };
  stack.each(separateRules(stack, group, "ingress"), (rule) => {
    requireClosed(rule, rule.props);
  });
  stack.each([group], () => {
    for (const rule of inlineRules(stack, group, "ingress")) {
      requireClosed(group, rule);
    }
  });
}

const CIDRS = ["cidrIpv4", "cidrIpv6", "cidrBlocks", "ipv6CidrBlocks"];

function checkNotMixed(
  stack: StackUnderJudgement,
  group: StackResource,
  { violate }: SourcesJudge,
): void {
  for (const direction of ["ingress", "egress"] as const) {
    if (
      separateRules(stack, group, direction).length > 0 &&
      inlineRules(stack, group, direction).length > 0
    ) {
      violate(
        {
          got: `${group.name} has ${direction} besides rules of their own`,
          allowed: "one of both",
          fix: `remove ${direction} and declare its rules one by one`,
        },
        group.urn,
      );
    }
  }
}
