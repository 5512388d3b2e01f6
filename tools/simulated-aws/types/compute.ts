import type { Answer, ResourceTypes } from "../resource-type";
import {
  accountId,
  arn,
  ec2Id,
  fixed,
  hex,
  input,
  nameOr,
  prefixed,
  text,
  uuid,
} from "../resource-type";

const groupPath: Answer<string> = (resource, account) =>
  `autoScalingGroup:${uuid(resource, account)}:autoScalingGroupName/${nameOr()(resource, account)}`;

const family: Answer<string> = (resource) => text(resource, "family") ?? resource.name;
/** Revisions of a family are counted from 1. */
const revision: Answer<number> = ({ incarnation = 0 }) => incarnation + 1;
const taskDefinitionArn = arn("ecs", prefixed("task-definition/", family));

/** `service/CLUSTER/SERVICE`, with the cluster given by name or ARN. */
const servicePath: Answer<string> = (resource, account) => {
  const cluster = text(resource, "cluster") ?? "default";
  return `service/${cluster.split("/").pop() ?? cluster}/${nameOr()(resource, account)}`;
};

const repositoryUrl: Answer<string> = (resource, account) =>
  `${account.accountId}.dkr.ecr.${account.region}.${account.dnsSuffix}/${nameOr()(resource, account)}`;

/** The repository's URL without tag, or the whole name where it has none. */
const untagged = (imageName: string): string => imageName.replace(/:[^:/]*$/, "");

/** Images, instances, the cluster and what runs on it. */
export const COMPUTE_TYPES: ResourceTypes = {
  "aws:ecr/repository:Repository": {
    id: nameOr(),
    taggable: true,
    computed: {
      arn: arn("ecr", prefixed("repository/", nameOr())),
      name: nameOr(),
      registryId: accountId,
      repositoryUrl,
    },
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    id: input("repository"),
    computed: { registryId: accountId },
  },
  "docker:index/image:Image": {
    id: input("imageName"),
    global: true,
    computed: {
      baseImageName: input("imageName"),
      context: buildInput("context"),
      dockerfile: buildInput("dockerfile"),
      platform: buildInput("platform"),
      registryServer: (resource) => untagged(text(resource, "imageName") ?? "").split("/")[0] ?? "",
      repoDigest: (resource) =>
        `${untagged(text(resource, "imageName") ?? "")}@sha256:${hex(resource, 64)}`,
    },
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    id: ec2Id("lt"),
    taggable: true,
    computed: {
      arn: arn("ec2", prefixed("launch-template/", ec2Id("lt"))),
      defaultVersion: fixed(1),
      latestVersion: fixed(1),
      name: nameOr(),
    },
  },
  "aws:autoscaling/group:Group": {
    id: nameOr(),
    computed: {
      arn: arn("autoscaling", groupPath),
      name: nameOr(),
      predictedCapacity: fixed(0),
      warmPoolSize: fixed(0),
    },
  },
  "aws:autoscaling/schedule:Schedule": {
    id: input("scheduledActionName"),
    computed: { arn: arn("autoscaling", prefixed("scheduledUpdateGroupAction:", uuid)) },
  },
  "aws:ecs/cluster:Cluster": {
    id: arn("ecs", prefixed("cluster/", nameOr())),
    taggable: true,
    computed: { arn: arn("ecs", prefixed("cluster/", nameOr())), name: nameOr() },
  },
  "aws:ecs/capacityProvider:CapacityProvider": {
    id: arn("ecs", prefixed("capacity-provider/", nameOr())),
    taggable: true,
    computed: { arn: arn("ecs", prefixed("capacity-provider/", nameOr())), name: nameOr() },
  },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": { id: input("clusterName") },
  "aws:ecs/taskDefinition:TaskDefinition": {
    id: family,
    taggable: true,
    computed: {
      arn: (resource, account) =>
        `${taskDefinitionArn(resource, account)}:${String(revision(resource, account))}`,
      arnWithoutRevision: taskDefinitionArn,
      revision,
    },
  },
  "aws:ecs/service:Service": {
    id: arn("ecs", servicePath),
    taggable: true,
    computed: { arn: arn("ecs", servicePath), name: nameOr() },
  },
  "aws:ecs/accountSettingDefault:AccountSettingDefault": {
    id: input("name"),
    computed: {
      principalArn: (_, account) => `arn:${account.partition}:iam::${account.accountId}:root`,
    },
  },
  "aws:appautoscaling/target:Target": {
    id: input("resourceId"),
    taggable: true,
    computed: {
      arn: arn(
        "application-autoscaling",
        prefixed("scalable-target/", (resource) => `0${hex(resource, 16)}`),
      ),
    },
  },
  "aws:appautoscaling/policy:Policy": {
    id: nameOr(),
    computed: {
      alarmArns: fixed([]),
      arn: arn("autoscaling", prefixed("scalingPolicy:", uuid)),
      name: nameOr(),
    },
  },
  "aws:appautoscaling/scheduledAction:ScheduledAction": {
    id: nameOr(),
    computed: {
      arn: arn("autoscaling", prefixed("scheduledAction:", uuid)),
      name: nameOr(),
    },
  },
};

function buildInput(property: string): Answer {
  return (resource) => {
    const build = resource.inputs["build"];
    return build !== null && typeof build === "object" && !Array.isArray(build)
      ? (build[property] ?? "")
      : "";
  };
}
