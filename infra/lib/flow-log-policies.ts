import type { AwsLocation } from "./aws-location";
import { iamPolicy, type IamPolicy } from "./iam-policy";

/**
 * Trust policy of a role for VPC flow logs: for flow logs of this account and region only, so that
 * no other account can have the service write with the role (the confused deputy problem).
 */
export function buildFlowLogTrustPolicy({ partition, region, accountId }: AwsLocation): IamPolicy {
  return iamPolicy({
    Sid: "AssumeForFlowLogsOfTheAccount",
    Effect: "Allow",
    Principal: { Service: "vpc-flow-logs.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/*` },
    },
  });
}

/**
 * What VPC flow logs need of CloudWatch Logs, on one log group. Source: "IAM role for publishing flow
 * logs to CloudWatch Logs" in the Amazon VPC User Guide, without logs:CreateLogGroup, which would
 * bring a deleted log group back without its retention.
 *
 * @param logGroupArn without a trailing `:*`
 */
export function buildFlowLogPolicy(logGroupArn: string): IamPolicy {
  return iamPolicy(
    {
      Sid: "WriteFlowLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: `${logGroupArn}:*`,
    },
    {
      // The action knows no resource.
      Sid: "FindLogGroup",
      Effect: "Allow",
      Action: "logs:DescribeLogGroups",
      Resource: "*",
    },
  );
}
