import { AwsError } from "../cloud";
import { textOf } from "./rule";
import type { Reference, RuleTable } from "./rule";

/**
 * Load balancers, listeners and target groups.
 * Sources of the wording: answers of the Elastic Load Balancing API as moto
 * (moto/elbv2/exceptions.py) and the issues of hashicorp/terraform-provider-aws quote them; the
 * provider looks for a name in use itself (internal/service/elbv2).
 */

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const LISTENER = "aws:lb/listener:Listener";
const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";
const ATTACHMENT = "aws:lb/targetGroupAttachment:TargetGroupAttachment";

const subnets = (path: string): Reference => ({
  path,
  to: ["aws:ec2/subnet:Subnet"],
  by: "id",
  missing: (id) => new AwsError("SubnetNotFound", `The subnet ID '${id}' does not exist`),
});

const targetGroups = (path: string): Reference => ({
  path,
  to: [TARGET_GROUP],
  by: "arn",
  missing: () => new AwsError("TargetGroupNotFound", "One or more target groups not found"),
});

/** Where an action of a listener or a rule names target groups. */
const actions = (property: string): Reference[] => [
  targetGroups(`${property}[*].targetGroupArn`),
  targetGroups(`${property}[*].forward.targetGroups[*].arn`),
];

const exists = (noun: string) => (resource: Parameters<typeof textOf>[0]) =>
  new AwsError("", `ELBv2 ${noun} (${textOf(resource, "name")}) already exists`);

export const LOAD_BALANCING_RULES: RuleTable = {
  [BALANCER]: {
    references: [
      subnets("subnets[*]"),
      subnets("subnetMappings[*].subnetId"),
      {
        path: "subnetMappings[*].allocationId",
        to: ["aws:ec2/eip:Eip"],
        by: "id",
        missing: (id) =>
          new AwsError("AllocationIdNotFound", `The allocation ID '${id}' does not exist`),
      },
      {
        path: "securityGroups[*]",
        to: ["aws:ec2/securityGroup:SecurityGroup"],
        by: "id",
        missing: (id) =>
          new AwsError("InvalidSecurityGroup", `The security group '${id}' does not exist`),
      },
    ],
    unique: [{ properties: ["name"], taken: exists("Load Balancer") }],
    obstacles: [
      {
        when: ({ inputs }) => inputs["enableDeletionProtection"] === true,
        refusal: ({ id }) =>
          new AwsError(
            "OperationNotPermitted",
            `Load balancer '${id}' cannot be deleted because deletion protection is enabled`,
          ),
      },
    ],
    takesAlong: [LISTENER, "aws:wafv2/webAclAssociation:WebAclAssociation"],
  },
  [TARGET_GROUP]: {
    references: [
      {
        path: "vpcId",
        to: ["aws:ec2/vpc:Vpc"],
        by: "id",
        missing: (id) => new AwsError("ValidationError", `The VPC ID '${id}' is not found`),
      },
    ],
    unique: [{ properties: ["name"], taken: exists("Target Group") }],
    obstacles: [
      {
        by: [LISTENER, LISTENER_RULE],
        waits: true,
        refusal: ({ id }) =>
          new AwsError(
            "ResourceInUse",
            `Target group '${id}' is currently in use by a listener or a rule`,
          ),
      },
    ],
    takesAlong: [ATTACHMENT],
  },
  [ATTACHMENT]: {
    references: [
      targetGroups("targetGroupArn"),
      // An instance or an address is a target too, and no resource of a type in the table.
      { path: "targetId", to: [BALANCER], by: "arn" },
    ],
  },
  [LISTENER]: {
    references: [
      {
        path: "loadBalancerArn",
        to: [BALANCER],
        by: "arn",
        missing: () => new AwsError("LoadBalancerNotFound", "One or more load balancers not found"),
      },
      ...actions("defaultActions"),
      {
        path: "certificateArn",
        to: ["aws:acm/certificate:Certificate"],
        by: "arn",
        missing: (arn) => new AwsError("CertificateNotFound", `Certificate '${arn}' not found`),
        mayPredate: true,
      },
    ],
    unique: [
      {
        properties: ["loadBalancerArn", "port"],
        taken: (listener) =>
          new AwsError(
            "DuplicateListener",
            `A listener already exists on this port for this load balancer '${textOf(listener, "loadBalancerArn")}'`,
          ),
      },
    ],
    takesAlong: [LISTENER_RULE],
  },
  [LISTENER_RULE]: {
    references: [
      {
        path: "listenerArn",
        to: [LISTENER],
        by: "arn",
        missing: () => new AwsError("ListenerNotFound", "One or more listeners not found"),
      },
      ...actions("actions"),
    ],
    unique: [
      {
        properties: ["listenerArn", "priority"],
        taken: ({ inputs }) =>
          new AwsError(
            "PriorityInUse",
            `Priority '${JSON.stringify(inputs["priority"])}' is currently in use`,
          ),
      },
    ],
  },
};
