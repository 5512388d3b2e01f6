import { AwsError } from "../cloud";
import { textsAt } from "../property-path";
import { textOf } from "./rule";
import type { Reference, RuleTable } from "./rule";

/**
 * Clusters, capacity providers, task definitions and services.
 * Sources of the wording: botocore/data/ecs (errors of the service model); aws/containers-roadmap#631
 * and #632, aws/aws-cdk#15366, #18179 and #34290, hashicorp/terraform-provider-aws#11409; the
 * refusal of an unassociated provider is AWS's text of the moment.
 */

const CLUSTER = "aws:ecs/cluster:Cluster";
const PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
const ASSOCIATION = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
const SERVICE = "aws:ecs/service:Service";
const INSTANCE = "aws:ec2/instance:Instance";

const clusterNotFound = () => new AwsError("ClusterNotFoundException", "Cluster not found.");
const providerNotFound = (name: string) =>
  new AwsError(
    "InvalidParameterException",
    `The specified capacity provider '${name}' was not found. Specify a valid name or ARN and try again.`,
  );
const inUse = () =>
  new AwsError(
    "ResourceInUseException",
    "The specified capacity provider is in use and cannot be removed.",
  );

const providers = (path: string): Reference => ({
  path,
  to: [PROVIDER],
  by: "name",
  missing: providerNotFound,
});

export const CONTAINER_SERVICE_RULES: RuleTable = {
  [CLUSTER]: {
    unique: [
      {
        // CreateCluster answers with the cluster that has the name; the second owner of one name is
        // refused here, or the deletion of one would delete the other's.
        properties: ["name"],
        taken: (cluster) =>
          new AwsError(
            "InvalidParameterException",
            `The cluster with name '${textOf(cluster, "name")}' already exists`,
          ),
      },
    ],
    obstacles: [
      {
        by: [SERVICE],
        waits: true,
        refusal: () =>
          new AwsError(
            "ClusterContainsServicesException",
            "The Cluster cannot be deleted while Services are active.",
          ),
      },
      {
        when: (cluster, { folder }) =>
          folder
            .ofType(INSTANCE)
            .some(({ inputs }) => inputs["cluster"] === textOf(cluster, "name")),
        waits: true,
        refusal: () =>
          new AwsError(
            "ClusterContainsContainerInstancesException",
            "The Cluster cannot be deleted while Container Instances are active or draining.",
          ),
      },
    ],
    takesAlong: [ASSOCIATION],
  },
  [PROVIDER]: {
    references: [
      {
        path: "autoScalingGroupProvider.autoScalingGroupArn",
        to: ["aws:autoscaling/group:Group"],
        by: "arn",
        missing: () =>
          new AwsError(
            "ClientException",
            "The specified Auto Scaling group ARN is not valid. Specify the ARN of an existing Auto Scaling group and try again.",
          ),
      },
    ],
    unique: [
      {
        properties: ["name"],
        taken: () =>
          new AwsError(
            "ClientException",
            "The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the capacity provider.",
          ),
      },
      {
        properties: ["autoScalingGroupProvider.autoScalingGroupArn"],
        taken: () =>
          new AwsError(
            "ClientException",
            "The specified Auto Scaling group ARN is already being used by another capacity provider. Specify a unique Auto Scaling group ARN and try again.",
          ),
      },
    ],
    obstacles: [{ by: [ASSOCIATION, SERVICE], waits: true, refusal: inUse }],
  },
  [ASSOCIATION]: {
    references: [
      { path: "clusterName", to: [CLUSTER], by: "name", missing: clusterNotFound },
      providers("capacityProviders[*]"),
      providers("defaultCapacityProviderStrategies[*].capacityProvider"),
    ],
    obstacles: [
      {
        when: (association, { folder }) => {
          const names = association.inputs["capacityProviders"];
          return folder
            .ofType(SERVICE)
            .some(
              (service) =>
                textOf(service, "cluster").split("/").pop() ===
                  textOf(association, "clusterName") &&
                textsAt(service.inputs, "capacityProviderStrategies[*].capacityProvider").some(
                  (name) => Array.isArray(names) && names.includes(name),
                ),
            );
        },
        waits: true,
        refusal: inUse,
      },
    ],
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    references: [
      // ECS registers a task definition whatever its roles are; its tasks would not start.
      { path: "executionRoleArn", to: ["aws:iam/role:Role"], by: "arn" },
      { path: "taskRoleArn", to: ["aws:iam/role:Role"], by: "arn" },
    ],
  },
  [SERVICE]: {
    references: [
      { path: "cluster", to: [CLUSTER], by: "arn|name", missing: clusterNotFound },
      {
        path: "taskDefinition",
        to: ["aws:ecs/taskDefinition:TaskDefinition"],
        by: "arn",
        missing: () => new AwsError("ClientException", "TaskDefinition is inactive"),
      },
      providers("capacityProviderStrategies[*].capacityProvider"),
      {
        path: "loadBalancers[*].targetGroupArn",
        to: ["aws:lb/targetGroup:TargetGroup"],
        by: "arn",
        missing: (arn) =>
          new AwsError(
            "InvalidParameterException",
            `The target group with targetGroupArn ${arn} does not exist.`,
          ),
      },
      {
        path: "networkConfiguration.subnets[*]",
        to: ["aws:ec2/subnet:Subnet"],
        by: "id",
        missing: (id) =>
          new AwsError("InvalidParameterException", `The subnet ID '${id}' does not exist`),
      },
      {
        path: "networkConfiguration.securityGroups[*]",
        to: ["aws:ec2/securityGroup:SecurityGroup"],
        by: "id",
        missing: (id) =>
          new AwsError("InvalidParameterException", `The security group '${id}' does not exist`),
      },
    ],
    unique: [
      {
        properties: ["cluster", "name"],
        taken: () =>
          new AwsError("InvalidParameterException", "Creation of service was not idempotent."),
      },
    ],
  },
  "aws:ecs/accountSettingDefault:AccountSettingDefault": {},
};
