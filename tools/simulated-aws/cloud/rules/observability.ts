import { AwsError } from "../cloud";
import { textOf } from "./rule";
import type { RuleTable } from "./rule";

/**
 * Logs, alarms, events, notifications and budgets. Alarms and dashboards are written over by a second
 * of their name, so nothing is refused there.
 * Sources of the wording: errors of the CloudWatch Logs, EventBridge, SNS and Budgets API references;
 * moto (moto/logs/exceptions.py, moto/events/models.py, moto/sns/models.py).
 */

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TOPIC = "aws:sns/topic:Topic";

export const OBSERVABILITY_RULES: RuleTable = {
  "aws:cloudwatch/logGroup:LogGroup": {
    unique: [
      {
        properties: ["name"],
        taken: () =>
          new AwsError("ResourceAlreadyExistsException", "The specified log group already exists"),
      },
    ],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {},
  "aws:cloudwatch/dashboard:Dashboard": {},
  [RULE]: {
    obstacles: [
      {
        by: ["aws:cloudwatch/eventTarget:EventTarget"],
        waits: true,
        refusal: () =>
          new AwsError("ValidationException", "Rule can't be deleted since it has targets."),
      },
    ],
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    references: [
      {
        path: "rule",
        to: [RULE],
        by: "name",
        missing: (name) =>
          new AwsError(
            "ResourceNotFoundException",
            `Rule ${name} does not exist on EventBus default.`,
          ),
      },
    ],
  },
  [TOPIC]: {
    unique: [
      {
        // CreateTopic answers with the topic that has the name and the same attributes.
        properties: ["name"],
        taken: () =>
          new AwsError(
            "InvalidParameter",
            "Invalid parameter: Attributes Reason: Topic already exists with different attributes",
          ),
      },
    ],
    takesAlong: ["aws:sns/topicPolicy:TopicPolicy", "aws:sns/topicSubscription:TopicSubscription"],
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    references: [{ path: "arn", to: [TOPIC], by: "arn", missing: topicMissing }],
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    references: [{ path: "topic", to: [TOPIC], by: "arn", missing: topicMissing }],
  },
  "aws:budgets/budget:Budget": {
    unique: [
      {
        properties: ["name"],
        taken: (budget) =>
          new AwsError(
            "DuplicateRecordException",
            `Error creating budget: ${textOf(budget, "name")} - the budget already exists.`,
          ),
      },
    ],
  },
};

function topicMissing(): AwsError {
  return new AwsError("NotFound", "Topic does not exist");
}
