import type { AwsLocation } from "../../infra/lib/aws-location";
import { denyWithoutTls } from "../../infra/lib/deny-without-tls";
import { iamPolicy, type IamPolicy } from "../../infra/lib/iam-policy";

/** Policy of the key: IAM of the account decides who uses it, so that no administrator locks himself out. */
export function buildKeyPolicy({ partition, accountId }: AwsLocation): IamPolicy {
  return iamPolicy({
    Sid: "AdministerByIamOfTheAccount",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  });
}

/** Policy of the bucket: nobody comes in without TLS; who comes in at all is for IAM of the account to say. */
export function buildStateBucketPolicy(bucketArn: string): IamPolicy {
  return iamPolicy(denyWithoutTls(bucketArn));
}
