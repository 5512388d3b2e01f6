import type { AwsLocation } from "./aws-location";
import { denyWithoutTls } from "./deny-without-tls";
import { iamPolicy, type IamPolicy } from "./iam-policy";

/** Folder that Elastic Load Balancing writes to in a bucket without a prefix. */
export const ACCESS_LOG_FOLDER = "AWSLogs";

/**
 * Policy of the bucket of access logs: this account's load balancers of the region write, and nobody
 * comes in without TLS.
 *
 * The principal is the service, which works in every region; the account ids of Elastic Load Balancing
 * are the older way, which regions opened since August 2022 do not know.
 * Source: "Enable access logs" in the User Guide for Application Load Balancers.
 */
export function buildAccessLogPolicy(location: AwsLocation, bucketArn: string): IamPolicy {
  const { partition, region, accountId } = location;
  return iamPolicy(
    {
      Sid: "WriteAccessLogs",
      Effect: "Allow",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${bucketArn}/${ACCESS_LOG_FOLDER}/${accountId}/*`,
      Condition: {
        ArnLike: {
          "aws:SourceArn": `arn:${partition}:elasticloadbalancing:${region}:${accountId}:loadbalancer/*`,
        },
      },
    },
    denyWithoutTls(bucketArn),
  );
}
