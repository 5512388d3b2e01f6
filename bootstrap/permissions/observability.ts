import { inRegion } from "./conditions";
import { actionsOf, type Application, type Area } from "./permission-table";

const logs = actionsOf("logs");
const cloudwatch = actionsOf("cloudwatch");
const events = actionsOf("events");
const sns = actionsOf("sns");

/** Everything here has a name, and names begin with the application's name. */
const named = ({ partition, region, accountId, appName }: Application): readonly string[] => {
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}${appName}-*`;
  return [
    arn("logs", "log-group:"),
    arn("cloudwatch", "alarm:"),
    `arn:${partition}:cloudwatch::${accountId}:dashboard/${appName}-*`,
    arn("events", "rule/"),
    arn("sns", ""),
  ];
};

/** Logs, alarms, the dashboard, events and notifications. */
export const OBSERVABILITY: Area = {
  name: "observability",
  types: {
    "aws:cloudwatch/logGroup:LogGroup": {
      source: "logs/group.go",
      create: logs("CreateLogGroup", "TagResource", "PutRetentionPolicy"),
      read: logs("DescribeLogGroups", "ListTagsForResource"),
      update: logs("PutRetentionPolicy", "DeleteRetentionPolicy", "TagResource", "UntagResource"),
      delete: logs("DeleteLogGroup"),
    },
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
      source: "cloudwatch/metric_alarm.go",
      create: cloudwatch("PutMetricAlarm", "TagResource"),
      read: cloudwatch("DescribeAlarms", "ListTagsForResource"),
      update: cloudwatch("PutMetricAlarm", "TagResource", "UntagResource"),
      delete: cloudwatch("DeleteAlarms"),
    },
    "aws:cloudwatch/dashboard:Dashboard": {
      source: "cloudwatch/dashboard.go",
      create: cloudwatch("PutDashboard"),
      read: cloudwatch("GetDashboard"),
      update: cloudwatch("PutDashboard"),
      delete: cloudwatch("DeleteDashboards"),
    },
    "aws:cloudwatch/eventRule:EventRule": {
      source: "events/rule.go",
      create: events("PutRule", "TagResource"),
      read: events("DescribeRule", "ListTagsForResource"),
      update: events("PutRule", "TagResource", "UntagResource"),
      delete: events("DeleteRule"),
    },
    "aws:cloudwatch/eventTarget:EventTarget": {
      source: "events/target.go",
      create: events("PutTargets"),
      read: events("ListTargetsByRule"),
      update: events("PutTargets"),
      delete: events("RemoveTargets"),
    },
    "aws:sns/topic:Topic": {
      source: "sns/topic.go",
      create: sns("CreateTopic", "TagResource", "SetTopicAttributes"),
      read: sns("GetTopicAttributes", "ListTagsForResource"),
      update: sns("SetTopicAttributes", "TagResource", "UntagResource"),
      delete: sns("DeleteTopic"),
    },
    "aws:sns/topicPolicy:TopicPolicy": {
      source: "sns/topic_policy.go",
      create: sns("SetTopicAttributes"),
      read: sns("GetTopicAttributes"),
      update: sns("SetTopicAttributes"),
      delete: sns("SetTopicAttributes"),
    },
    "aws:sns/topicSubscription:TopicSubscription": {
      source: "sns/topic_subscription.go",
      create: sns("Subscribe"),
      read: sns("GetSubscriptionAttributes"),
      update: sns("SetSubscriptionAttributes"),
      delete: sns("Unsubscribe"),
    },
  },
  reads: (application) => {
    const { partition, region, accountId } = application;
    return [
      {
        sid: "ReadObservability",
        why: "names begin with the application's name",
        actions: [
          ...logs("ListTagsForResource"),
          ...cloudwatch("GetDashboard", "ListTagsForResource"),
          ...events("DescribeRule", "ListTagsForResource", "ListTargetsByRule"),
          ...sns("GetTopicAttributes", "ListTagsForResource"),
        ],
        resources: named(application),
      },
      {
        sid: "ReadAlarms",
        why: "a list of alarms is checked against all alarms of the region",
        actions: cloudwatch("DescribeAlarms"),
        resources: [`arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*`],
      },
      {
        sid: "ReadLists",
        why: "CloudWatch Logs and SNS know no resource for these actions; the region is the limit",
        actions: [...logs("DescribeLogGroups"), ...sns("GetSubscriptionAttributes")],
        resources: ["*"],
        condition: inRegion(application),
      },
    ];
  },
  writes: (environment) => [
    {
      sid: "ChangeObservability",
      why: "names begin with the application's name",
      actions: [
        ...logs(
          "CreateLogGroup",
          "DeleteLogGroup",
          "DeleteRetentionPolicy",
          "PutRetentionPolicy",
          "TagResource",
          "UntagResource",
        ),
        ...cloudwatch(
          "DeleteAlarms",
          "DeleteDashboards",
          "PutDashboard",
          "PutMetricAlarm",
          "TagResource",
          "UntagResource",
        ),
        ...events(
          "DeleteRule",
          "PutRule",
          "PutTargets",
          "RemoveTargets",
          "TagResource",
          "UntagResource",
        ),
        ...sns(
          "CreateTopic",
          "DeleteTopic",
          "SetTopicAttributes",
          "Subscribe",
          "TagResource",
          "UntagResource",
        ),
      ],
      resources: named(environment),
    },
    {
      sid: "ChangeSubscriptions",
      why: "SNS knows no resource for these actions; the region is the limit",
      actions: sns("SetSubscriptionAttributes", "Unsubscribe"),
      resources: ["*"],
      condition: inRegion(environment),
    },
  ],
};
