import type { AwsLocation } from "./aws-location";
import { iamPolicy, type IamPolicy } from "./iam-policy";

/** What a publisher does with the key of an encrypted topic. */
const PUBLISHER_ACTIONS = ["kms:Decrypt", "kms:GenerateDataKey*"];

/**
 * Policy of the key that encrypts a topic: the account administers it, CloudWatch alarms and
 * EventBridge rules publish with it, and for topics of this account and region only.
 *
 * The condition is on the topic and not on the source: SNS documents that conditions on the source are
 * not supported from EventBridge to an encrypted topic, where messages would vanish without an error.
 * Source: "Configuring AWS KMS permissions" in the Amazon SNS Developer Guide.
 */
export function buildTopicKeyPolicy({ partition, region, accountId }: AwsLocation): IamPolicy {
  const topics = `arn:${partition}:sns:${region}:${accountId}:*`;
  return iamPolicy(
    {
      Sid: "AdministerByIamOfTheAccount",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "PublishAlarmsAndEvents",
      Effect: "Allow",
      Principal: { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] },
      Action: PUBLISHER_ACTIONS,
      Resource: "*",
      Condition: { StringLike: { "kms:EncryptionContext:aws:sns:topicArn": topics } },
    },
  );
}

/**
 * Policy of a topic that this account's CloudWatch alarms and EventBridge rules publish to.
 *
 * EventBridge's statement has no condition: topic policies with one do not work for EventBridge.
 * Source: "Troubleshooting Amazon EventBridge" in the EventBridge User Guide.
 */
export function buildTopicPolicy(location: AwsLocation, topicArn: string): IamPolicy {
  const { partition, region, accountId } = location;
  return iamPolicy(
    {
      Sid: "PublishAlarms",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*` },
      },
    },
    {
      Sid: "PublishEvents",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topicArn,
    },
  );
}
