import { AwsError } from "../cloud";
import { isSet, textOf } from "./rule";
import type { Reference, RuleTable } from "./rule";

/**
 * Launch templates, groups, and what scales services.
 * Sources of the wording: answers of the Amazon EC2 Auto Scaling and Application Auto Scaling APIs as
 * moto (moto/autoscaling/models.py, moto/applicationautoscaling/models.py) and the issues of
 * hashicorp/terraform-provider-aws quote them. What follows "You must use a valid fully-formed launch
 * template." is AWS's answer of the moment; the texts here are its usual ones.
 */

const GROUP = "aws:autoscaling/group:Group";
const TARGET = "aws:appautoscaling/target:Target";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const INSTANCE = "aws:ec2/instance:Instance";
const CAPACITY_PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";

const template = (path: string): Reference => ({
  path,
  to: [TEMPLATE],
  by: "id",
  missing: (id) =>
    new AwsError(
      "ValidationError",
      `You must use a valid fully-formed launch template. The specified launch template, with template ID ${id}, does not exist.`,
    ),
});

/** A policy or an action of a target is found by what the target scales. */
const ofTarget: Reference = {
  path: "resourceId",
  to: [TARGET],
  by: "resourceId",
  missing: (resourceId) =>
    new AwsError(
      "ObjectNotFoundException",
      `No scalable target found for service namespace: ecs, resource ID: ${resourceId}, scalable dimension: ecs:service:DesiredCount`,
    ),
};

export const AUTO_SCALING_RULES: RuleTable = {
  [TEMPLATE]: {
    references: [
      // EC2 looks at neither until it starts an instance; the group does.
      {
        path: "iamInstanceProfile.arn",
        to: ["aws:iam/instanceProfile:InstanceProfile"],
        by: "arn",
      },
      {
        path: "iamInstanceProfile.name",
        to: ["aws:iam/instanceProfile:InstanceProfile"],
        by: "name",
      },
      { path: "vpcSecurityGroupIds[*]", to: ["aws:ec2/securityGroup:SecurityGroup"], by: "id" },
    ],
    unique: [
      {
        properties: ["name"],
        taken: () =>
          new AwsError(
            "InvalidLaunchTemplateName.AlreadyExistsException",
            "Launch template name already in use.",
          ),
      },
    ],
  },
  [GROUP]: {
    references: [
      template("launchTemplate.id"),
      template("mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId"),
      {
        path: "vpcZoneIdentifiers[*]",
        to: ["aws:ec2/subnet:Subnet"],
        by: "id",
        missing: (id) => new AwsError("ValidationError", `The subnet ID '${id}' does not exist`),
      },
      {
        path: "targetGroupArns[*]",
        to: ["aws:lb/targetGroup:TargetGroup"],
        by: "arn",
        missing: () =>
          new AwsError(
            "ValidationError",
            "Provided Target Groups may not be valid. Please ensure they exist and try again.",
          ),
      },
    ],
    unique: [
      {
        properties: ["name"],
        taken: (group) =>
          new AwsError(
            "AlreadyExists",
            `AutoScalingGroup by this name already exists - A group with the name ${textOf(group, "name")} already exists`,
          ),
      },
    ],
    obstacles: [
      {
        // The provider takes protection off and lets the group run empty; ECS puts it on again while a
        // capacity provider with managed termination protection has the group.
        when: (group, { folder }) =>
          folder
            .ofType(INSTANCE)
            .some(
              ({ inputs }) =>
                inputs["autoscalingGroup"] === textOf(group, "name") &&
                inputs["protectedFromScaleIn"] === true,
            ) &&
          folder.ofType(CAPACITY_PROVIDER).some(({ inputs }) => {
            const provider = inputs["autoScalingGroupProvider"];
            return (
              typeof provider === "object" &&
              provider !== null &&
              !Array.isArray(provider) &&
              provider["autoScalingGroupArn"] === textOf(group, "arn") &&
              provider["managedTerminationProtection"] === "ENABLED"
            );
          }),
        unless: isSet("forceDelete"),
        waits: true,
        refusal: () =>
          new AwsError(
            "ResourceInUse",
            "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.",
          ),
      },
    ],
    takesAlong: ["aws:autoscaling/schedule:Schedule", INSTANCE],
  },
  "aws:autoscaling/schedule:Schedule": {
    references: [
      {
        path: "autoscalingGroupName",
        to: [GROUP],
        by: "name",
        missing: (name) => new AwsError("ValidationError", `Group ${name} not found`),
      },
    ],
  },
  [TARGET]: {
    references: [
      {
        path: "resourceId",
        to: ["aws:ecs/service:Service"],
        by: "resourceId",
        missing: (resourceId) =>
          new AwsError("ValidationException", `ECS service doesn't exist: ${resourceId}`),
      },
    ],
    takesAlong: [
      "aws:appautoscaling/policy:Policy",
      "aws:appautoscaling/scheduledAction:ScheduledAction",
    ],
  },
  "aws:appautoscaling/policy:Policy": { references: [ofTarget] },
  "aws:appautoscaling/scheduledAction:ScheduledAction": { references: [ofTarget] },
};
