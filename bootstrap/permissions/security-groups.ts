import { inRegion, newOfEnvironment, ofEnvironment } from "./conditions";
import { actionsOf, type Area, type TypePermissions } from "./permission-table";

const ec2 = actionsOf("ec2");
const TAGS = ec2("CreateTags", "DeleteTags");
const [TAG = ""] = TAGS;

/** A rule of one direction as a resource of its own. */
const rule = (direction: "Ingress" | "Egress"): TypePermissions => ({
  source: `ec2/vpc_security_group_${direction.toLowerCase()}_rule.go, ec2/vpc_security_group_ingress_rule.go`,
  create: [...ec2(`AuthorizeSecurityGroup${direction}`), TAG],
  read: ec2("DescribeSecurityGroupRules"),
  update: [...ec2("ModifySecurityGroupRules"), ...TAGS],
  delete: ec2(`RevokeSecurityGroup${direction}`),
});

const AUTHORIZATIONS = ["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"];

/** Security groups and their rules. */
export const SECURITY_GROUPS: Area = {
  name: "security-groups",
  types: {
    "aws:ec2/securityGroup:SecurityGroup": {
      source: "ec2/vpc_security_group.go",
      // A new group lets everything out; the provider takes that rule away.
      create: [...ec2("CreateSecurityGroup", "RevokeSecurityGroupEgress"), TAG],
      read: ec2("DescribeSecurityGroups", "DescribeNetworkInterfaces"),
      update: TAGS,
      delete: ec2("DeleteSecurityGroup", "DescribeNetworkInterfaces"),
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule("Ingress"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule("Egress"),
  },
  reads: (application) => [
    {
      sid: "ReadSecurityGroups",
      why: "EC2 lists resources and knows none of its own for these actions; the region is the limit",
      actions: ec2(
        "DescribeNetworkInterfaces",
        "DescribeSecurityGroupRules",
        "DescribeSecurityGroups",
      ),
      resources: ["*"],
      condition: inRegion(application),
    },
  ],
  writes: (environment) => {
    const { partition, region, accountId } = environment;
    const arn = (kind: string) => `arn:${partition}:ec2:${region}:${accountId}:${kind}/*`;
    return [
      {
        sid: "CreateSecurityGroups",
        why: "ids are not known before a resource exists: what is made has to carry the environment's tags",
        actions: ec2("CreateSecurityGroup"),
        resources: [arn("security-group")],
        condition: newOfEnvironment(environment),
      },
      {
        sid: "CreateSecurityGroupRules",
        why: "a new rule has to carry the environment's tags; its group is checked by those that it carries already",
        actions: ec2(...AUTHORIZATIONS),
        resources: [arn("security-group-rule")],
        condition: newOfEnvironment(environment),
      },
      {
        sid: "TagSecurityGroupsAtCreation",
        why: "tags come with a creation here, which EC2 tells, so that nothing of others is tagged",
        actions: [TAG],
        resources: [arn("security-group"), arn("security-group-rule")],
        condition: {
          StringEquals: { "ec2:CreateAction": ["CreateSecurityGroup", ...AUTHORIZATIONS] },
        },
      },
      {
        sid: "ChangeSecurityGroups",
        why: "what carries the environment's tags is its own, the VPC that a group is made in and the group of a rule included",
        actions: [
          ...ec2(
            ...AUTHORIZATIONS,
            "CreateSecurityGroup",
            "DeleteSecurityGroup",
            "ModifySecurityGroupRules",
            "RevokeSecurityGroupEgress",
            "RevokeSecurityGroupIngress",
          ),
          ...TAGS,
        ],
        resources: [arn("security-group"), arn("security-group-rule"), arn("vpc")],
        condition: ofEnvironment(environment),
      },
    ];
  },
};
