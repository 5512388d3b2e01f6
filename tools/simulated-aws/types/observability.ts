import type { Answer, ResourceTypes } from "../resource-type";
import {
  accountId,
  arn,
  fixed,
  globalArn,
  input,
  nameOr,
  prefixed,
  text,
  uuid,
} from "../resource-type";

const topicArn = arn("sns", nameOr());

/** A subscription's ARN is its topic's followed by an id. */
const subscriptionArn: Answer<string> = (resource, account) =>
  `${text(resource, "topic") ?? ""}:${uuid(resource, account)}`;

/** Logs, alarms, events, notifications and budgets. */
export const OBSERVABILITY_TYPES: ResourceTypes = {
  "aws:cloudwatch/logGroup:LogGroup": {
    id: nameOr(),
    taggable: true,
    computed: { arn: arn("logs", prefixed("log-group:", nameOr())), name: nameOr() },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    id: nameOr(),
    taggable: true,
    computed: { arn: arn("cloudwatch", prefixed("alarm:", nameOr())), name: nameOr() },
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    id: input("dashboardName"),
    computed: {
      dashboardArn: globalArn("cloudwatch", prefixed("dashboard/", input("dashboardName"))),
    },
  },
  "aws:cloudwatch/eventRule:EventRule": {
    id: nameOr(),
    taggable: true,
    computed: { arn: arn("events", prefixed("rule/", nameOr())), name: nameOr() },
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    id: (resource, account) =>
      `${text(resource, "rule") ?? ""}-${nameOr("targetId")(resource, account)}`,
    computed: { targetId: nameOr("targetId") },
  },
  "aws:sns/topic:Topic": {
    id: topicArn,
    taggable: true,
    computed: { arn: topicArn, beginningArchiveTime: fixed(""), name: nameOr(), owner: accountId },
  },
  "aws:sns/topicPolicy:TopicPolicy": { id: input("arn"), computed: { owner: accountId } },
  "aws:sns/topicSubscription:TopicSubscription": {
    id: subscriptionArn,
    computed: {
      arn: subscriptionArn,
      confirmationWasAuthenticated: fixed(false),
      ownerId: accountId,
      pendingConfirmation: fixed(true),
    },
  },
  "aws:budgets/budget:Budget": {
    id: (resource, account) => `${account.accountId}:${nameOr()(resource, account)}`,
    global: true,
    taggable: true,
    computed: { arn: globalArn("budgets", prefixed("budget/", nameOr())), name: nameOr() },
  },
};
