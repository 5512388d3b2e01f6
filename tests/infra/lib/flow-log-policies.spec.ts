import assert from "node:assert/strict";
import { buildFlowLogPolicy, buildFlowLogTrustPolicy } from "../../../infra/lib/flow-log-policies";

describe("buildFlowLogTrustPolicy", () => {
  it("lets the service act for flow logs of this account and region only", () => {
    const policy = buildFlowLogTrustPolicy({
      partition: "aws-us-gov",
      region: "us-gov-west-1",
      accountId: "123456789012",
    });

    assert.deepEqual(policy, {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AssumeForFlowLogsOfTheAccount",
          Effect: "Allow",
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: {
              "aws:SourceArn": "arn:aws-us-gov:ec2:us-gov-west-1:123456789012:vpc-flow-log/*",
            },
          },
        },
      ],
    });
  });
});

describe("buildFlowLogPolicy", () => {
  it("lets flow logs write to their log group, and look for it among the others", () => {
    const policy = buildFlowLogPolicy("arn:aws:logs:eu-central-1:123456789012:log-group:flow-1a2b");

    assert.deepEqual(policy, {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "WriteFlowLogs",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: "arn:aws:logs:eu-central-1:123456789012:log-group:flow-1a2b:*",
        },
        {
          Sid: "FindLogGroup",
          Effect: "Allow",
          Action: "logs:DescribeLogGroups",
          Resource: "*",
        },
      ],
    });
  });
});
