import assert from "node:assert/strict";
import { buildAccessLogPolicy } from "../../../infra/lib/access-log-policy";

describe("buildAccessLogPolicy", () => {
  it("lets this account's load balancers of the region write, and nobody in without TLS", () => {
    const location = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };

    assert.deepEqual(buildAccessLogPolicy(location, "arn:aws:s3:::web-access-logs-0123456"), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "WriteAccessLogs",
          Effect: "Allow",
          Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: "arn:aws:s3:::web-access-logs-0123456/AWSLogs/123456789012/*",
          Condition: {
            ArnLike: {
              "aws:SourceArn":
                "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/*",
            },
          },
        },
        {
          Sid: "DenyWithoutTls",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [
            "arn:aws:s3:::web-access-logs-0123456",
            "arn:aws:s3:::web-access-logs-0123456/*",
          ],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });
});
