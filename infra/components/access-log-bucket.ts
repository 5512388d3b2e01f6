import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ACCESS_LOG_FOLDER, buildAccessLogPolicy } from "../lib/access-log-policy";
import type { LocationInput } from "./location";
import { typeToken } from "./type-token";

export interface AccessLogBucketArgs {
  /** Where the stack lives. */
  readonly location: LocationInput;
  /** Days that a log file is kept. */
  readonly retentionDays: number;
  /** True protects the bucket; false lets it be deleted with the logs in it. */
  readonly deletionProtection: boolean;
}

/**
 * Where the load balancer writes its access logs: a private S3 bucket that only Elastic Load Balancing
 * of this account writes to and that forgets after a while.
 *
 * Costs: storage only; the delivery is free.
 */
export class AccessLogBucket extends pulumi.ComponentResource {
  /** Name of the bucket, known once the load balancer may write to it. */
  readonly bucketName: pulumi.Output<string>;

  constructor(name: string, args: AccessLogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("AccessLogBucket"), name, args, opts);

    const bucket = new aws.s3.Bucket(
      `${name}-access-logs`,
      { forceDestroy: !args.deletionProtection },
      { parent: this, protect: args.deletionProtection },
    );
    const ofBucket = { bucket: bucket.bucket };
    const publicAccessBlock = new aws.s3.BucketPublicAccessBlock(
      `${name}-access-logs`,
      {
        ...ofBucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      { parent: this },
    );
    new aws.s3.BucketOwnershipControls(
      `${name}-access-logs`,
      { ...ofBucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      { parent: this },
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      `${name}-access-logs`,
      {
        ...ofBucket,
        // Load balancers write under S3's own keys only, not under keys of KMS.
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
      },
      { parent: this },
    );
    new aws.s3.BucketLifecycleConfiguration(
      `${name}-access-logs`,
      {
        ...ofBucket,
        rules: [
          {
            id: "expire",
            status: "Enabled",
            filter: { prefix: `${ACCESS_LOG_FOLDER}/` },
            expiration: { days: args.retentionDays },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
      { parent: this },
    );
    const policy = new aws.s3.BucketPolicy(
      `${name}-access-logs`,
      {
        ...ofBucket,
        policy: pulumi.jsonStringify(
          pulumi
            .all([pulumi.output(args.location), bucket.arn])
            .apply(([location, arn]) => buildAccessLogPolicy(location, arn)),
        ),
      },
      // S3 refuses changes of one bucket that cross each other.
      { parent: this, dependsOn: [publicAccessBlock] },
    );

    this.bucketName = policy.bucket;
    this.registerOutputs({ bucketName: this.bucketName });
  }
}
