import type { ArgumentTable } from "./argument";
import { named } from "./argument";
import { arn, atLeast, json, lengthBetween, oneOf } from "./argument-checks";

/** Days that CloudWatch Logs keeps events for; 0 keeps them for ever. Source: internal/service/logs/group.go. */
const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
  3288, 3653,
];

/** Logs, alarms, events, notifications and budgets. */
export const OBSERVABILITY_ARGUMENTS: ArgumentTable = {
  "aws:cloudwatch/logGroup:LogGroup": {
    ...named(),
    defaults: { retentionInDays: 0, skipDestroy: false },
    checks: [
      ["kmsKeyId", arn],
      ["logGroupClass", oneOf("STANDARD", "INFREQUENT_ACCESS", "DELIVERY")],
      ["retentionInDays", oneOf(...RETENTION_DAYS)],
    ],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    ...named(),
    required: ["comparisonOperator", "evaluationPeriods"],
    defaults: { actionsEnabled: true, treatMissingData: "missing" },
    checks: [
      ["alarmActions[*]", arn],
      [
        "comparisonOperator",
        oneOf(
          "GreaterThanOrEqualToThreshold",
          "GreaterThanThreshold",
          "LessThanThreshold",
          "LessThanOrEqualToThreshold",
          "LessThanLowerOrGreaterThanUpperThreshold",
          "LessThanLowerThreshold",
          "GreaterThanUpperThreshold",
        ),
      ],
      ["datapointsToAlarm", atLeast(1)],
      ["evaluationPeriods", atLeast(1)],
      ["okActions[*]", arn],
      ["treatMissingData", oneOf("breaching", "notBreaching", "ignore", "missing")],
    ],
    sets: ["alarmActions", "insufficientDataActions", "metricQueries", "okActions"],
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    required: ["dashboardBody", "dashboardName"],
    checks: [["dashboardBody", json]],
  },
  "aws:cloudwatch/eventRule:EventRule": {
    ...named(64),
    defaults: { eventBusName: "default", forceDestroy: false },
    checks: [
      ["eventPattern", json],
      ["name", lengthBetween(1, 64)],
    ],
    whole: ({ eventPattern, scheduleExpression }) =>
      eventPattern === undefined && scheduleExpression === undefined
        ? [
            {
              property: "eventPattern",
              reason:
                '"event_pattern": one of `event_pattern,schedule_expression` must be specified',
            },
          ]
        : [],
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    autoname: { property: "targetId", maximumLength: 255 },
    required: ["arn", "rule"],
    defaults: { eventBusName: "default", forceDestroy: false },
    checks: [["arn", arn]],
  },
  "aws:sns/topic:Topic": {
    ...named(80),
    defaults: { contentBasedDeduplication: false, fifoTopic: false },
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    required: ["arn", "policy"],
    checks: [
      ["arn", arn],
      ["policy", json],
    ],
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    required: ["endpoint", "protocol", "topic"],
    // No secret of the provider's schema, but an address that a program may keep as one.
    secrets: ["endpoint"],
    defaults: {
      confirmationTimeoutInMinutes: 1,
      endpointAutoConfirms: false,
      rawMessageDelivery: false,
    },
    checks: [
      [
        "protocol",
        oneOf(
          "application",
          "email",
          "email-json",
          "firehose",
          "http",
          "https",
          "lambda",
          "sms",
          "sqs",
        ),
      ],
      ["topic", arn],
    ],
    terraformNames: { topic: "topic_arn" },
  },
  "aws:budgets/budget:Budget": {
    ...named(),
    required: ["budgetType", "timeUnit"],
    checks: [["timeUnit", oneOf("DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM")]],
  },
};
