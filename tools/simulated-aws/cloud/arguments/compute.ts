import { isDeepStrictEqual } from "node:util";
import type { ArgumentTable } from "./argument";
import { named } from "./argument";
import { anyOf, arn, between, json, lengthBetween, oneOf } from "./argument-checks";

const SCALABLE_TARGET = ["resourceId", "scalableDimension", "serviceNamespace"];

const switched = oneOf("ENABLED", "DISABLED");

/** Images, instances, the cluster and what runs on it. */
export const COMPUTE_ARGUMENTS: ArgumentTable = {
  "aws:ecr/repository:Repository": {
    ...named(),
    defaults: { imageTagMutability: "MUTABLE" },
    checks: [
      [
        "imageTagMutability",
        oneOf("MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"),
      ],
      ["encryptionConfigurations[*].encryptionType", oneOf("AES256", "KMS", "KMS_DSSE")],
      ["name", lengthBetween(2, 256)],
    ],
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    required: ["policy", "repository"],
    checks: [["policy", json]],
  },
  "docker:index/image:Image": {
    required: ["imageName"],
    secrets: ["registry.password"],
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    ...named(),
    checks: [
      ["description", lengthBetween(0, 255)],
      ["metadataOptions.httpPutResponseHopLimit", between(1, 64)],
      ["metadataOptions.httpTokens", oneOf("optional", "required")],
    ],
    sets: ["vpcSecurityGroupIds"],
  },
  "aws:autoscaling/group:Group": {
    ...named(),
    required: ["maxSize", "minSize"],
    defaults: {
      forceDelete: false,
      forceDeleteWarmPool: false,
      healthCheckGracePeriod: 300,
      ignoreFailedScalingActivities: false,
      metricsGranularity: "1Minute",
      protectFromScaleIn: false,
      waitForCapacityTimeout: "10m",
    },
    checks: [
      ["maxInstanceLifetime", anyOf(between(0, 0), between(86400, 31536000))],
      ["instanceMaintenancePolicy.maxHealthyPercentage", between(100, 200)],
      ["instanceMaintenancePolicy.minHealthyPercentage", between(0, 100)],
      ["instanceRefresh.preferences.maxHealthyPercentage", between(100, 200)],
      ["instanceRefresh.preferences.minHealthyPercentage", between(0, 100)],
    ],
    sets: ["enabledMetrics", "tags", "targetGroupArns", "vpcZoneIdentifiers"],
  },
  "aws:autoscaling/schedule:Schedule": {
    required: ["autoscalingGroupName", "scheduledActionName"],
  },
  "aws:ecs/cluster:Cluster": {
    ...named(),
    checks: [
      ["configuration.executeCommandConfiguration.logging", oneOf("NONE", "DEFAULT", "OVERRIDE")],
      ["settings[*].name", oneOf("containerInsights")],
    ],
    sets: ["settings"],
  },
  "aws:ecs/capacityProvider:CapacityProvider": {
    ...named(),
    checks: [
      ["autoScalingGroupProvider.autoScalingGroupArn", arn],
      ["autoScalingGroupProvider.managedDraining", switched],
      ["autoScalingGroupProvider.managedTerminationProtection", switched],
      ["autoScalingGroupProvider.managedScaling.instanceWarmupPeriod", between(0, 10000)],
      ["autoScalingGroupProvider.managedScaling.maximumScalingStepSize", between(1, 10000)],
      ["autoScalingGroupProvider.managedScaling.minimumScalingStepSize", between(1, 10000)],
      ["autoScalingGroupProvider.managedScaling.status", switched],
      ["autoScalingGroupProvider.managedScaling.targetCapacity", between(1, 100)],
    ],
    whole: (inputs) => {
      const kinds = ["autoScalingGroupProvider", "managedInstancesProvider"];
      const given = kinds.filter((kind) => inputs[kind] !== undefined).length;
      const amount = given === 0 ? "exactly" : "only";
      return given === 1
        ? []
        : [
            {
              property: "",
              reason: `${amount} one of auto_scaling_group_provider or managed_instances_provider must be specified`,
            },
          ];
    },
  },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {
    required: ["clusterName"],
    checks: [
      ["defaultCapacityProviderStrategies[*].base", between(0, 100000)],
      ["defaultCapacityProviderStrategies[*].weight", between(0, 1000)],
    ],
    sets: ["capacityProviders", "defaultCapacityProviderStrategies"],
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    required: ["containerDefinitions", "family"],
    defaults: { skipDestroy: false, trackLatest: false },
    checks: [
      ["containerDefinitions", json],
      ["executionRoleArn", arn],
      ["family", lengthBetween(1, 255)],
      ["networkMode", oneOf("bridge", "host", "awsvpc", "none")],
      ["taskRoleArn", arn],
    ],
    sets: ["requiresCompatibilities"],
  },
  "aws:ecs/service:Service": {
    ...named(),
    defaults: {
      deploymentMaximumPercent: 200,
      deploymentMinimumHealthyPercent: 100,
      enableEcsManagedTags: false,
      enableExecuteCommand: false,
      schedulingStrategy: "REPLICA",
      waitForSteadyState: false,
    },
    checks: [
      ["capacityProviderStrategies[*].base", between(0, 100000)],
      ["capacityProviderStrategies[*].weight", between(0, 1000)],
      ["healthCheckGracePeriodSeconds", between(0, 2147483647)],
      ["launchType", oneOf("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES")],
      ["loadBalancers[*].containerPort", between(0, 65536)],
      ["loadBalancers[*].targetGroupArn", arn],
      ["orderedPlacementStrategies[*].type", oneOf("random", "spread", "binpack")],
      ["propagateTags", oneOf("TASK_DEFINITION", "SERVICE", "NONE")],
      ["schedulingStrategy", oneOf("REPLICA", "DAEMON")],
    ],
    whole: (inputs, olds) =>
      olds === undefined ||
      inputs["forceNewDeployment"] === true ||
      isDeepStrictEqual(olds["capacityProviderStrategies"], inputs["capacityProviderStrategies"])
        ? []
        : [
            {
              property: "forceNewDeployment",
              reason:
                "force_new_deployment should be true when capacity_provider_strategy is being updated",
            },
          ],
    sets: ["capacityProviderStrategies", "loadBalancers", "placementConstraints"],
  },
  "aws:ecs/accountSettingDefault:AccountSettingDefault": { required: ["name", "value"] },
  "aws:appautoscaling/target:Target": {
    required: ["maxCapacity", "minCapacity", ...SCALABLE_TARGET],
  },
  "aws:appautoscaling/policy:Policy": {
    ...named(),
    required: SCALABLE_TARGET,
    defaults: { policyType: "StepScaling" },
    checks: [
      ["name", lengthBetween(0, 255)],
      ["policyType", oneOf("StepScaling", "TargetTrackingScaling", "PredictiveScaling")],
    ],
  },
  "aws:appautoscaling/scheduledAction:ScheduledAction": {
    ...named(),
    required: [...SCALABLE_TARGET, "scalableTargetAction", "schedule"],
  },
};
