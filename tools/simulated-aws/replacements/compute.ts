import type { Replacements } from "./replacement";
import { REGION, terraform } from "./replacement";

/** What scales a service, identified by the three of them. */
const SCALABLE_TARGET = ["resourceId", "scalableDimension", "serviceNamespace"];

/** Images, instances, the cluster and what runs on it. */
export const COMPUTE_REPLACEMENTS: Replacements = {
  "aws:ecr/repository:Repository": {
    properties: ["encryptionConfigurations", "name", REGION],
    source: terraform("ecr/repository.go"),
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    properties: ["policy", "repository", REGION],
    // Deleting the old one after making the new would delete the repository's only one.
    deleteBeforeReplace: true,
    source: terraform("ecr/lifecycle_policy.go"),
  },
  "docker:index/image:Image": {
    properties: [],
    source: "pulumi/pulumi-docker provider/provider.go: Diff names no property that replaces",
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    properties: ["name", "namePrefix", REGION],
    source: terraform("ec2/ec2_launch_template.go"),
  },
  "aws:autoscaling/group:Group": {
    properties: ["initialLifecycleHooks", "name", "namePrefix", REGION],
    source: terraform("autoscaling/group.go"),
  },
  "aws:autoscaling/schedule:Schedule": {
    properties: ["autoscalingGroupName", "scheduledActionName", REGION],
    source: terraform("autoscaling/schedule.go"),
  },
  "aws:ecs/cluster:Cluster": {
    properties: ["name", REGION],
    source: terraform("ecs/cluster.go"),
  },
  "aws:ecs/capacityProvider:CapacityProvider": {
    properties: [
      "autoScalingGroupProvider.autoScalingGroupArn",
      "cluster",
      "managedInstancesProvider.instanceLaunchTemplate.capacityOptionType",
      "name",
      REGION,
    ],
    source: terraform("ecs/capacity_provider.go"),
  },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {
    properties: ["clusterName", REGION],
    source: terraform("ecs/cluster_capacity_providers.go"),
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    properties: [
      "containerDefinitions",
      "cpu",
      "enableFaultInjection",
      "ephemeralStorage",
      "executionRoleArn",
      "family",
      "ipcMode",
      "memory",
      "networkMode",
      "pidMode",
      "placementConstraints",
      "proxyConfiguration",
      "requiresCompatibilities",
      "runtimePlatform",
      "taskRoleArn",
      "volumes",
      REGION,
    ],
    source: terraform("ecs/task_definition.go"),
  },
  // Since version 6 another strategy is an update, refused without forceNewDeployment, and so is
  // another deployment controller; version 5 replaced for both.
  "aws:ecs/service:Service": {
    properties: ["cluster", "iamRole", "launchType", "name", "schedulingStrategy", REGION],
    source: terraform("ecs/service.go"),
  },
  "aws:ecs/accountSettingDefault:AccountSettingDefault": {
    properties: ["name", REGION],
    source: terraform("ecs/account_setting_default.go"),
  },
  "aws:appautoscaling/target:Target": {
    properties: [...SCALABLE_TARGET, REGION],
    source: terraform("appautoscaling/target.go"),
  },
  "aws:appautoscaling/policy:Policy": {
    properties: ["name", ...SCALABLE_TARGET, REGION],
    source: terraform("appautoscaling/policy.go"),
  },
  "aws:appautoscaling/scheduledAction:ScheduledAction": {
    properties: ["name", ...SCALABLE_TARGET, REGION],
    source: terraform("appautoscaling/scheduled_action.go"),
  },
};
