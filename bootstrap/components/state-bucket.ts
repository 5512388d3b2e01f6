import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { buildStateBucketPolicy } from "../lib/state-policies";
import { typeToken } from "./type-token";

export interface StateBucketArgs {
  readonly bucketName: pulumi.Input<string>;
  /** ARN of the key that what is written is encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  /** Days that an earlier version of a state is kept. */
  readonly retentionDays: number;
}

/**
 * Where Pulumi keeps its states: a private, versioned bucket that encrypts with the key and takes no request
 * without TLS. It is protected, and never emptied by its deletion. Costs: storage, by the number of versions.
 */
export class StateBucket extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;

  constructor(name: string, args: StateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("StateBucket"), name, args, opts);

    const bucket = new aws.s3.Bucket(
      name,
      { bucket: args.bucketName, forceDestroy: false },
      { parent: this, protect: true },
    );
    const ofBucket = { bucket: bucket.bucket };
    const publicAccessBlock = new aws.s3.BucketPublicAccessBlock(
      name,
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
      name,
      { ...ofBucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      { parent: this },
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      {
        ...ofBucket,
        rules: [
          {
            applyServerSideEncryptionByDefault: {
              sseAlgorithm: "aws:kms",
              kmsMasterKeyId: args.keyArn,
            },
            // One request to KMS for many objects instead of one for each.
            bucketKeyEnabled: true,
          },
        ],
      },
      { parent: this },
    );
    const versioning = new aws.s3.BucketVersioning(
      name,
      { ...ofBucket, versioningConfiguration: { status: "Enabled" } },
      // To delete it suspends the versions of a bucket that stays.
      { parent: this, protect: true },
    );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        ...ofBucket,
        rules: [
          {
            id: "earlier-versions",
            status: "Enabled",
            filter: { prefix: "" },
            noncurrentVersionExpiration: { noncurrentDays: args.retentionDays },
            // What is left of a deleted file once its last version has expired.
            expiration: { expiredObjectDeleteMarker: true },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
      // S3 expires noncurrent versions only of a bucket that has versions.
      { parent: this, dependsOn: [versioning] },
    );
    new aws.s3.BucketPolicy(
      name,
      {
        ...ofBucket,
        policy: pulumi.jsonStringify(bucket.arn.apply(buildStateBucketPolicy)),
      },
      // S3 refuses changes of one bucket that cross each other.
      { parent: this, dependsOn: [publicAccessBlock] },
    );

    this.bucketName = bucket.bucket;
    this.bucketArn = bucket.arn;
    this.registerOutputs({ bucketName: this.bucketName, bucketArn: this.bucketArn });
  }
}
