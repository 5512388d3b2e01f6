import { inRegion } from "./conditions";
import { actionsOf, type Area } from "./permission-table";

const scaling = actionsOf("application-autoscaling");
const cloudwatch = actionsOf("cloudwatch");

/** Application Auto Scaling does with the caller's permissions what a policy of target tracking needs. */
const TRACKING_ALARMS = cloudwatch("PutMetricAlarm", "DeleteAlarms");

/** The number of tasks: scalable target, policies and scheduled actions. */
export const SERVICE_SCALING: Area = {
  name: "service-scaling",
  types: {
    "aws:appautoscaling/target:Target": {
      source: "appautoscaling/target.go",
      create: scaling("RegisterScalableTarget", "TagResource"),
      read: scaling("DescribeScalableTargets", "ListTagsForResource"),
      update: scaling("RegisterScalableTarget", "TagResource", "UntagResource"),
      delete: scaling("DeregisterScalableTarget"),
    },
    "aws:appautoscaling/policy:Policy": {
      source: "appautoscaling/policy.go",
      create: [...scaling("PutScalingPolicy"), ...TRACKING_ALARMS],
      read: [...scaling("DescribeScalingPolicies"), ...cloudwatch("DescribeAlarms")],
      update: [...scaling("PutScalingPolicy"), ...TRACKING_ALARMS],
      delete: [...scaling("DeleteScalingPolicy"), ...cloudwatch("DeleteAlarms")],
    },
    "aws:appautoscaling/scheduledAction:ScheduledAction": {
      source: "appautoscaling/scheduled_action.go",
      create: scaling("PutScheduledAction"),
      read: scaling("DescribeScheduledActions"),
      update: scaling("PutScheduledAction"),
      delete: scaling("DeleteScheduledAction"),
    },
  },
  reads: (application) => {
    const { partition, region, accountId } = application;
    const arn = (service: string, resource: string) =>
      `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
    return [
      {
        sid: "ReadScaling",
        why: "Application Auto Scaling knows no resource for these actions; the region is the limit",
        actions: scaling(
          "DescribeScalableTargets",
          "DescribeScalingPolicies",
          "DescribeScheduledActions",
        ),
        resources: ["*"],
        condition: inRegion(application),
      },
      {
        sid: "ReadScalableTargets",
        why: "AWS makes up the ids of scalable targets",
        actions: scaling("ListTagsForResource"),
        resources: [arn("application-autoscaling", "scalable-target/*")],
      },
      {
        sid: "ReadTrackingAlarms",
        why: "a list of alarms is checked against all alarms of the region",
        actions: cloudwatch("DescribeAlarms"),
        resources: [arn("cloudwatch", "alarm:*")],
      },
    ];
  },
  writes: ({ partition, region, accountId, appName }) => {
    const arn = (service: string, resource: string) =>
      `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
    return [
      {
        sid: "ChangeScaling",
        why: "AWS makes up the ids of scalable targets: those of ECS, for the number of tasks, are the limit",
        actions: scaling(
          "DeleteScalingPolicy",
          "DeleteScheduledAction",
          "DeregisterScalableTarget",
          "PutScalingPolicy",
          "PutScheduledAction",
          "RegisterScalableTarget",
        ),
        resources: [arn("application-autoscaling", "scalable-target/*")],
        condition: {
          StringEquals: {
            "application-autoscaling:service-namespace": "ecs",
            "application-autoscaling:scalable-dimension": "ecs:service:DesiredCount",
          },
        },
      },
      {
        sid: "TagScalableTargets",
        why: "AWS makes up the ids of scalable targets, and tags give no permission anywhere here",
        actions: scaling("TagResource", "UntagResource"),
        resources: [arn("application-autoscaling", "scalable-target/*")],
      },
      {
        sid: "ChangeTrackingAlarms",
        why: "AWS names the alarms of target tracking after the service that they scale",
        actions: TRACKING_ALARMS,
        resources: [arn("cloudwatch", `alarm:TargetTracking-service/${appName}-*`)],
      },
    ];
  },
};
