import type { Replacements } from "./replacement";
import { REGION, terraform } from "./replacement";

/** Logs, alarms, events, notifications and budgets. */
export const OBSERVABILITY_REPLACEMENTS: Replacements = {
  "aws:cloudwatch/logGroup:LogGroup": {
    properties: ["logGroupClass", "name", "namePrefix", REGION],
    source: terraform("logs/group.go"),
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    properties: ["name", REGION],
    source: terraform("cloudwatch/metric_alarm.go"),
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    properties: ["dashboardName", REGION],
    source: terraform("cloudwatch/dashboard.go"),
  },
  "aws:cloudwatch/eventRule:EventRule": {
    properties: ["eventBusName", "name", "namePrefix", REGION],
    source: terraform("events/rule.go"),
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    properties: ["eventBusName", "rule", "targetId", REGION],
    source: terraform("events/target.go"),
  },
  "aws:sns/topic:Topic": {
    properties: ["fifoTopic", "name", "namePrefix", REGION],
    source: terraform("sns/topic.go"),
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    properties: ["arn", REGION],
    source: terraform("sns/topic_policy.go"),
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    properties: ["endpoint", "protocol", "topic", REGION],
    source: terraform("sns/topic_subscription.go"),
  },
  "aws:budgets/budget:Budget": {
    properties: ["accountId", "name", "namePrefix"],
    source: terraform("budgets/budget.go"),
  },
};
