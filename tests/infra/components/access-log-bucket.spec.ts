import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { AccessLogBucket } from "../../../infra/components/access-log-bucket";
import { buildAccessLogPolicy } from "../../../infra/lib/access-log-policy";
import { underMocks } from "../../support/program-under-mocks";

const LOCATION = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };

const declare = (deletionProtection: boolean) =>
  underMocks(() => {
    const { bucketName } = new AccessLogBucket("web", {
      location: LOCATION,
      retentionDays: 90,
      deletionProtection,
    });
    return { bucketName };
  });

describe("AccessLogBucket", () => {
  it("is a bucket and one resource for each of its settings", async () => {
    const { resources } = await declare(false);

    assert.deepEqual(resources.map(({ type, name }) => `${type} ${name}`).sort(), [
      "aws:s3/bucket:Bucket web-access-logs",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration web-access-logs",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls web-access-logs",
      "aws:s3/bucketPolicy:BucketPolicy web-access-logs",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock web-access-logs",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration web-access-logs",
      "ecs-on-ec2:index:AccessLogBucket web",
    ]);
  });

  it("is closed to the public, owned by the account and encrypted by S3", async () => {
    const program = await declare(false);
    const bucket = program.outputs["bucketName"];

    assert.deepEqual(
      program.only("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs,
      {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
    );
    assert.deepEqual(
      program.only("aws:s3/bucketOwnershipControls:BucketOwnershipControls").inputs,
      {
        bucket,
        rule: { objectOwnership: "BucketOwnerEnforced" },
      },
    );
    assert.deepEqual(
      program.only(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      ).inputs,
      { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    );
  });

  it("expires the logs after the retention", async () => {
    const program = await declare(false);

    assert.deepEqual(
      program.only("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs[
        "rules"
      ],
      [
        {
          id: "expire",
          status: "Enabled",
          filter: { prefix: "AWSLogs/" },
          expiration: { days: 90 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
    );
  });

  it("lets load balancers write before it tells its name", async () => {
    const program = await declare(false);
    const bucketName = program.outputs["bucketName"] as string;
    const policy = program.only("aws:s3/bucketPolicy:BucketPolicy");

    assert.match(bucketName, /^web-access-logs-/);
    assert.equal(
      policy.inputs["policy"],
      JSON.stringify(buildAccessLogPolicy(LOCATION, `arn:aws:s3:::${bucketName}`)),
    );
    assert.ok(
      policy.dependencies.includes(
        program.only("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").urn,
      ),
    );
  });

  it("lets a load balancer use it only once that may write", async () => {
    const program = await underMocks(() => {
      const { bucketName } = new AccessLogBucket("web", {
        location: LOCATION,
        retentionDays: 90,
        deletionProtection: false,
      });
      new aws.lb.LoadBalancer("user", { accessLogs: { bucket: bucketName, enabled: true } });
      return {};
    });

    assert.ok(
      program
        .only("aws:lb/loadBalancer:LoadBalancer")
        .dependencies.includes(program.only("aws:s3/bucketPolicy:BucketPolicy").urn),
    );
  });

  for (const deletionProtection of [true, false]) {
    it(`is ${deletionProtection ? "protected" : "deleted with its logs"} where deletion protection is ${deletionProtection ? "on" : "off"}`, async () => {
      const bucket = (await declare(deletionProtection)).only("aws:s3/bucket:Bucket");

      assert.equal(bucket.protect, deletionProtection);
      assert.deepEqual(bucket.inputs, { forceDestroy: !deletionProtection });
    });
  }
});
