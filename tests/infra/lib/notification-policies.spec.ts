import assert from "node:assert/strict";
import { buildTopicKeyPolicy, buildTopicPolicy } from "../../../infra/lib/notification-policies";

const LOCATION = { partition: "aws-cn", region: "cn-north-1", accountId: "123456789012" };
const TOPICS = "arn:aws-cn:sns:cn-north-1:123456789012:*";
const TOPIC_ARN = "arn:aws-cn:sns:cn-north-1:123456789012:web-0123456";

describe("buildTopicKeyPolicy", () => {
  it("lets the account administer the key, and alarms and events publish to its topics", () => {
    assert.deepEqual(buildTopicKeyPolicy(LOCATION), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AdministerByIamOfTheAccount",
          Effect: "Allow",
          Principal: { AWS: "arn:aws-cn:iam::123456789012:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "PublishAlarmsAndEvents",
          Effect: "Allow",
          Principal: { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: { StringLike: { "kms:EncryptionContext:aws:sns:topicArn": TOPICS } },
        },
      ],
    });
  });
});

describe("buildTopicPolicy", () => {
  it("lets the account's alarms and EventBridge publish, EventBridge without a condition", () => {
    assert.deepEqual(buildTopicPolicy(LOCATION, TOPIC_ARN), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "PublishAlarms",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: TOPIC_ARN,
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": "arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:*" },
          },
        },
        {
          Sid: "PublishEvents",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sns:Publish",
          Resource: TOPIC_ARN,
        },
      ],
    });
  });
});
