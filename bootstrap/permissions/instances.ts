import { inRegion, newOfEnvironment, ofEnvironment } from "./conditions";
import { actionsOf, type Area } from "./permission-table";

const ec2 = actionsOf("ec2");
const autoscaling = actionsOf("autoscaling");
const TAGS = ec2("CreateTags", "DeleteTags");
const [TAG = ""] = TAGS;

/** Launch template and Auto Scaling group. */
export const INSTANCES: Area = {
  name: "instances",
  types: {
    "aws:ec2/launchTemplate:LaunchTemplate": {
      source: "ec2/ec2_launch_template.go",
      // EC2 looks up an image that the template names by its parameter.
      create: [...ec2("CreateLaunchTemplate"), TAG, "ssm:GetParameters"],
      read: ec2("DescribeLaunchTemplates", "DescribeLaunchTemplateVersions"),
      update: [
        ...ec2("CreateLaunchTemplateVersion", "ModifyLaunchTemplate"),
        ...TAGS,
        "ssm:GetParameters",
      ],
      delete: ec2("DeleteLaunchTemplate"),
    },
    "aws:autoscaling/group:Group": {
      source: "autoscaling/group.go",
      // Auto Scaling asks whether its caller may start instances from the template, tag them and pass the role on.
      create: [
        ...autoscaling(
          "CreateAutoScalingGroup",
          "UpdateAutoScalingGroup",
          "CreateOrUpdateTags",
          "EnableMetricsCollection",
          "PutLifecycleHook",
          "SuspendProcesses",
        ),
        "ec2:RunInstances",
        TAG,
        "iam:PassRole",
      ],
      read: autoscaling("DescribeAutoScalingGroups", "DescribeScalingActivities"),
      update: [
        ...autoscaling(
          "UpdateAutoScalingGroup",
          "CreateOrUpdateTags",
          "DeleteTags",
          "DescribeInstanceRefreshes",
          "StartInstanceRefresh",
          "CancelInstanceRefresh",
          "EnableMetricsCollection",
          "DisableMetricsCollection",
          "SuspendProcesses",
          "ResumeProcesses",
        ),
        "ec2:RunInstances",
        TAG,
        "iam:PassRole",
      ],
      delete: autoscaling(
        "UpdateAutoScalingGroup",
        "SetInstanceProtection",
        "DeleteAutoScalingGroup",
      ),
    },
  },
  functions: {
    "aws:ssm/getParameter:getParameter": {
      source: "ssm/parameter_data_source.go",
      read: ["ssm:GetParameter"],
    },
  },
  reads: (application) => {
    const { partition, region } = application;
    return [
      {
        sid: "ReadInstances",
        why: "EC2 and Auto Scaling know no resource for these actions; the region is the limit",
        actions: [
          ...ec2("DescribeLaunchTemplates", "DescribeLaunchTemplateVersions"),
          ...autoscaling(
            "DescribeAutoScalingGroups",
            "DescribeInstanceRefreshes",
            "DescribeScalingActivities",
          ),
        ],
        resources: ["*"],
        condition: inRegion(application),
      },
      {
        sid: "ReadImageParameters",
        why: "the public parameters of AWS that hold the ids of the ECS-optimized images",
        actions: ["ssm:GetParameter", "ssm:GetParameters"],
        resources: [`arn:${partition}:ssm:${region}::parameter/aws/service/ecs/optimized-ami/*`],
      },
    ];
  },
  writes: (environment) => {
    const { partition, region, accountId, appName } = environment;
    const arn = (kind: string) => `arn:${partition}:ec2:${region}:${accountId}:${kind}/*`;
    const group = `arn:${partition}:autoscaling:${region}:${accountId}:autoScalingGroup:*:autoScalingGroupName/${appName}-*`;
    const launched = [arn("instance"), arn("network-interface"), arn("volume")];
    return [
      {
        sid: "CreateTemplates",
        why: "the id is not known before a template exists: what is made has to carry the environment's tags",
        actions: ec2("CreateLaunchTemplate"),
        resources: [arn("launch-template")],
        condition: newOfEnvironment(environment),
      },
      {
        sid: "TagInstancesAtCreation",
        why: "tags come with a creation here, which EC2 tells, so that nothing of others is tagged",
        actions: [TAG],
        resources: [arn("launch-template"), ...launched],
        condition: {
          StringEquals: { "ec2:CreateAction": ["CreateLaunchTemplate", "RunInstances"] },
        },
      },
      {
        sid: "ChangeTemplates",
        why: "what carries the environment's tags is its own",
        actions: [
          ...ec2("CreateLaunchTemplateVersion", "DeleteLaunchTemplate", "ModifyLaunchTemplate"),
          ...TAGS,
        ],
        resources: [arn("launch-template")],
        condition: ofEnvironment(environment),
      },
      {
        sid: "LaunchFromTemplates",
        why: "Auto Scaling asks whether its caller may start what its group starts: new instances, with their volumes and interfaces, from any image, and only from launch templates",
        actions: ec2("RunInstances"),
        resources: [...launched, `arn:${partition}:ec2:${region}::image/*`],
        condition: { ArnLike: { "ec2:LaunchTemplate": arn("launch-template") } },
      },
      {
        sid: "LaunchIntoNetwork",
        why: "instances start from the environment's template, in its subnets, with its security groups",
        actions: ec2("RunInstances"),
        resources: [arn("launch-template"), arn("security-group"), arn("subnet")],
        condition: ofEnvironment(environment),
      },
      {
        sid: "ChangeGroups",
        why: "names of groups begin with the application's name; AWS puts an id of its own into the ARN",
        actions: autoscaling(
          "CancelInstanceRefresh",
          "CreateAutoScalingGroup",
          "CreateOrUpdateTags",
          "DeleteAutoScalingGroup",
          "DeleteTags",
          "DisableMetricsCollection",
          "EnableMetricsCollection",
          "PutLifecycleHook",
          "ResumeProcesses",
          "SetInstanceProtection",
          "StartInstanceRefresh",
          "SuspendProcesses",
          "UpdateAutoScalingGroup",
        ),
        resources: [group],
      },
    ];
  },
};
