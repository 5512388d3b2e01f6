import type { IamStatement } from "./iam-policy";

/** Statement of a bucket's policy: nobody comes in without TLS. */
export function denyWithoutTls(bucketArn: string): IamStatement {
  return {
    Sid: "DenyWithoutTls",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
