import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { buildUserData } from "../lib/user-data";
import type { AmiPlan, CapacityPlan } from "../plan/stack-plan";
import { typeToken } from "./type-token";

export interface Ec2CapacityArgs {
  readonly plan: CapacityPlan;
  /** Tags of the instances, their volumes and the group. */
  readonly tags: Readonly<Record<string, string>>;
  readonly clusterName: pulumi.Input<string>;
  /** Profile of the instances' role, which has its permissions already. */
  readonly instanceProfileArn: pulumi.Input<string>;
  /** Private subnets, one a zone. */
  readonly subnetIds: pulumi.Input<string[]>;
  /** Security group of the instances. */
  readonly securityGroupId: pulumi.Input<string>;
}

/**
 * The instances of a cluster: a launch template, an Auto Scaling group, and the capacity provider
 * through which ECS sizes the group, drains instances before they go, and keeps busy ones.
 * Costs the instances by the second, their volumes, and detailed monitoring.
 */
export class Ec2Capacity extends pulumi.ComponentResource {
  readonly autoScalingGroupName: pulumi.Output<string>;
  readonly autoScalingGroupArn: pulumi.Output<string>;
  readonly capacityProviderName: pulumi.Output<string>;
  /** A service that uses the capacity provider has to be created after it and deleted before it. */
  readonly association: aws.ecs.ClusterCapacityProviders;

  constructor(name: string, args: Ec2CapacityArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("Ec2Capacity"), name, args, opts);
    const { plan } = args;

    const launchTemplate = new aws.ec2.LaunchTemplate(
      name,
      launchTemplateArgs(name, args, imageId(plan.ami, this)),
      { parent: this },
    );
    // The group uses the cluster's name through the launch template, so that instances leave before
    // the cluster does, which ECS refuses to delete with instances in it.
    const group = new aws.autoscaling.Group(name, groupArgs(name, args, launchTemplate), {
      parent: this,
      // ECS sizes the group between its bounds.
      ignoreChanges: ["desiredCapacity"],
      customTimeouts: { delete: "30m" },
    });
    const capacityProvider = new aws.ecs.CapacityProvider(
      // The physical name begins like this one, and ECS refuses names that begin with aws, ecs or fargate.
      `cp-${name}`,
      {
        autoScalingGroupProvider: {
          autoScalingGroupArn: group.arn,
          managedScaling: {
            status: "ENABLED",
            targetCapacity: plan.targetCapacityPercent,
            minimumScalingStepSize: 1,
            maximumScalingStepSize: plan.maxScalingStep,
            instanceWarmupPeriod: plan.instanceWarmupSeconds,
          },
          managedDraining: "ENABLED",
          managedTerminationProtection: "ENABLED",
        },
      },
      { parent: this },
    );
    this.association = new aws.ecs.ClusterCapacityProviders(
      `${name}-association`,
      {
        clusterName: args.clusterName,
        capacityProviders: [capacityProvider.name],
        defaultCapacityProviderStrategies: [{ capacityProvider: capacityProvider.name, weight: 1 }],
      },
      // ECS deletes no capacity provider that a cluster lists. Deleting an association empties the
      // cluster's list, so that it has to come before the new association writes it.
      { parent: this, replaceWith: [capacityProvider], deleteBeforeReplace: true },
    );

    this.autoScalingGroupName = group.name;
    this.autoScalingGroupArn = group.arn;
    this.capacityProviderName = capacityProvider.name;
    this.registerOutputs({
      autoScalingGroupName: this.autoScalingGroupName,
      autoScalingGroupArn: this.autoScalingGroupArn,
      capacityProviderName: this.capacityProviderName,
    });
  }
}

/** What the launch template takes as its image, by where the image comes from. */
function imageId(ami: AmiPlan, parent: pulumi.Resource): pulumi.Input<string> {
  switch (ami.source) {
    case "latest":
      // A parameter's value counts as secret, which would hide a public image's id in every diff.
      return pulumi.unsecret(
        aws.ssm.getParameterOutput({ name: ami.parameter }, { parent }).insecureValue,
      );
    case "pinned":
      return ami.amiId;
    case "launch":
      return `resolve:ssm:${ami.parameter}`;
  }
}

function launchTemplateArgs(
  name: string,
  { plan, tags, clusterName, instanceProfileArn, securityGroupId }: Ec2CapacityArgs,
  image: pulumi.Input<string>,
): aws.ec2.LaunchTemplateArgs {
  const launchTags = { ...tags, Name: name };
  return {
    description: "Container instances",
    imageId: image,
    iamInstanceProfile: { arn: instanceProfileArn },
    vpcSecurityGroupIds: [securityGroupId],
    // A hop of one ends at the instance, so that no container on a bridge takes the instance's role.
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    },
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        // The AWS-managed key: with a customer key the Auto Scaling service role needs a grant, and
        // without it instances are launched and terminated without a word.
        ebs: {
          volumeType: "gp3",
          volumeSize: plan.rootVolumeGiB,
          encrypted: "true",
          deleteOnTermination: "true",
        },
      },
    ],
    ebsOptimized: "true",
    monitoring: { enabled: true },
    updateDefaultVersion: true,
    userData: pulumi.output(clusterName).apply((clusterName) =>
      Buffer.from(
        buildUserData({
          clusterName,
          reservedMemoryMiB: plan.reservedMemoryMiB,
          stopTimeoutSeconds: plan.stopTimeoutSeconds,
        }),
      ).toString("base64"),
    ),
    tagSpecifications: ["instance", "volume"].map((resourceType) => ({
      resourceType,
      tags: launchTags,
    })),
  };
}

function groupArgs(
  name: string,
  { plan, tags, subnetIds }: Ec2CapacityArgs,
  launchTemplate: aws.ec2.LaunchTemplate,
): aws.autoscaling.GroupArgs {
  const replacement = { minHealthyPercentage: 100, maxHealthyPercentage: 150 };
  return {
    vpcZoneIdentifiers: subnetIds,
    minSize: plan.minInstances,
    maxSize: plan.maxInstances,
    desiredCapacity: plan.minInstances,
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: {
          launchTemplateId: launchTemplate.id,
          // `$Latest` never changes, so that a change of the template would refresh nothing.
          version: launchTemplate.latestVersion.apply(String),
        },
        overrides: plan.instanceTypes.map((instanceType) => ({ instanceType })),
      },
      instancesDistribution: {
        onDemandAllocationStrategy: "prioritized",
        onDemandBaseCapacity: plan.onDemandBase,
        onDemandPercentageAboveBaseCapacity: plan.onDemandPercentageAboveBase,
        spotAllocationStrategy: "price-capacity-optimized",
      },
    },
    capacityRebalance: plan.usesSpot,
    // Managed termination protection of the capacity provider requires it.
    protectFromScaleIn: true,
    instanceMaintenancePolicy: replacement,
    instanceRefresh: {
      strategy: "Rolling",
      preferences: {
        ...replacement,
        // EC2 Auto Scaling refuses both where a parameter names the image at each launch: what matches
        // today, or was right before, may be another image.
        autoRollback: plan.ami.source !== "launch",
        skipMatching: plan.ami.source !== "launch",
        instanceWarmup: String(plan.instanceWarmupSeconds),
        // Every instance is protected from scale-in; managed draining empties it first.
        scaleInProtectedInstances: "Refresh",
        standbyInstances: "Terminate",
      },
    },
    defaultInstanceWarmup: plan.instanceWarmupSeconds,
    // Targets are registered by ECS and not by the group: a failing task is ECS's to replace, and no
    // reason to replace its instance.
    healthCheckType: "EC2",
    healthCheckGracePeriod: plan.instanceWarmupSeconds,
    terminationPolicies: ["OldestLaunchTemplate", "AllocationStrategy", "Default"],
    enabledMetrics: [...GROUP_METRICS],
    metricsGranularity: "1Minute",
    // The service waits for its tasks, and those for the instances that they need.
    waitForCapacityTimeout: "0",
    forceDelete: !plan.deletionProtection,
    tags: groupTags(name, tags),
  };
}

/** What alarms, the dashboard and a person look at; free of charge. */
const GROUP_METRICS = [
  "GroupMinSize",
  "GroupMaxSize",
  "GroupDesiredCapacity",
  "GroupInServiceInstances",
  "GroupPendingInstances",
  "GroupStandbyInstances",
  "GroupTerminatingInstances",
  "GroupTotalInstances",
] as const;

/** The provider's default tags do not reach a group; ECS's own tag would be removed if it were not declared. */
function groupTags(
  name: string,
  tags: Readonly<Record<string, string>>,
): aws.types.input.autoscaling.GroupTag[] {
  return Object.entries({ ...tags, Name: name, AmazonECSManaged: "" }).map(([key, value]) => ({
    key,
    value,
    propagateAtLaunch: true,
  }));
}
