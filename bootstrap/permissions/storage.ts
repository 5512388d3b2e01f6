import { inRegion, newlyOfEnvironment, newOfEnvironment, ofEnvironment } from "./conditions";
import { actionsOf, type Application, type Area, type TypePermissions } from "./permission-table";

const s3 = actionsOf("s3");
const kms = actionsOf("kms");
const ssm = actionsOf("ssm");

const S3_TAGS = s3("TagResource", "UntagResource", "PutBucketTagging");

/** A setting of a bucket that is a resource of its own, and is put back for its deletion. */
const setting = (file: string, read: string, write: string, remove = write): TypePermissions => ({
  source: `s3/${file}.go`,
  create: s3(write),
  read: s3(read),
  update: s3(write),
  delete: s3(remove),
});

/** The parameter that counts images, with the suffix that Pulumi gives it. */
const imageTagOf = ({ partition, region, accountId, appName }: Application) =>
  `arn:${partition}:ssm:${region}:${accountId}:parameter/${appName}-image-tag-*`;

/** The bucket of access logs, the key of notifications, and the parameter that counts images. */
export const STORAGE: Area = {
  name: "storage",
  types: {
    "aws:s3/bucket:Bucket": {
      source: "s3/bucket.go",
      create: [...s3("CreateBucket"), ...S3_TAGS],
      // The provider asks for every setting that a bucket can have.
      read: s3(
        "ListBucket",
        "GetAccelerateConfiguration",
        "GetBucketAcl",
        "GetBucketCORS",
        "GetBucketLocation",
        "GetBucketLogging",
        "GetBucketObjectLockConfiguration",
        "GetBucketPolicy",
        "GetBucketRequestPayment",
        "GetBucketTagging",
        "GetBucketVersioning",
        "GetBucketWebsite",
        "GetEncryptionConfiguration",
        "GetLifecycleConfiguration",
        "GetReplicationConfiguration",
        "ListTagsForResource",
      ),
      update: S3_TAGS,
      // The logs go with a bucket that is not protected (forceDestroy).
      delete: s3("DeleteBucket", "ListBucketVersions", "DeleteObject", "DeleteObjectVersion"),
    },
    "aws:s3/bucketPolicy:BucketPolicy": setting(
      "bucket_policy",
      "GetBucketPolicy",
      "PutBucketPolicy",
      "DeleteBucketPolicy",
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting(
      "bucket_public_access_block",
      "GetBucketPublicAccessBlock",
      "PutBucketPublicAccessBlock",
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting(
      "bucket_ownership_controls",
      "GetBucketOwnershipControls",
      "PutBucketOwnershipControls",
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
      setting(
        "bucket_server_side_encryption_configuration",
        "GetEncryptionConfiguration",
        "PutEncryptionConfiguration",
      ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting(
      "bucket_lifecycle_configuration",
      "GetLifecycleConfiguration",
      "PutLifecycleConfiguration",
    ),
    "aws:kms/key:Key": {
      source: "kms/key.go",
      create: kms("CreateKey", "TagResource", "PutKeyPolicy", "EnableKeyRotation"),
      read: kms("DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags"),
      update: kms(
        "PutKeyPolicy",
        "EnableKeyRotation",
        "DisableKeyRotation",
        "UpdateKeyDescription",
        "TagResource",
        "UntagResource",
      ),
      delete: kms("ScheduleKeyDeletion"),
    },
    "aws:ssm/parameter:Parameter": {
      source: "ssm/parameter.go",
      create: ssm("PutParameter", "AddTagsToResource"),
      read: ssm("GetParameter", "DescribeParameters", "ListTagsForResource"),
      update: ssm("PutParameter", "AddTagsToResource", "RemoveTagsFromResource"),
      delete: ssm("DeleteParameter"),
    },
  },
  reads: (application) => {
    const { partition, region, accountId, appName } = application;
    return [
      {
        sid: "ReadBuckets",
        why: "names of buckets begin with the application's name; what is in them is not for a preview to read",
        actions: s3(
          "GetAccelerateConfiguration",
          "GetBucketAcl",
          "GetBucketCORS",
          "GetBucketLocation",
          "GetBucketLogging",
          "GetBucketObjectLockConfiguration",
          "GetBucketOwnershipControls",
          "GetBucketPolicy",
          "GetBucketPublicAccessBlock",
          "GetBucketRequestPayment",
          "GetBucketTagging",
          "GetBucketVersioning",
          "GetBucketWebsite",
          "GetEncryptionConfiguration",
          "GetLifecycleConfiguration",
          "GetReplicationConfiguration",
          "ListBucket",
          "ListTagsForResource",
        ),
        resources: [`arn:${partition}:s3:::${appName}-*`],
      },
      {
        sid: "ReadKeys",
        why: "the id of a key is not known before it exists; these actions tell its settings and use no key",
        actions: kms("DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags"),
        resources: [`arn:${partition}:kms:${region}:${accountId}:key/*`],
      },
      {
        sid: "ReadParameters",
        why: "the parameter that counts images, and no other: secrets of the application may be parameters too",
        actions: ssm("GetParameter", "ListTagsForResource"),
        resources: [imageTagOf(application)],
      },
      {
        sid: "ListParameters",
        why: "Systems Manager knows no resource for this action; the region is the limit",
        actions: ssm("DescribeParameters"),
        resources: ["*"],
        condition: inRegion(application),
      },
    ];
  },
  writes: (environment) => {
    const { partition, region, accountId, appName } = environment;
    const keys = [`arn:${partition}:kms:${region}:${accountId}:key/*`];
    return [
      {
        sid: "ChangeBuckets",
        why: "names of buckets begin with the application's name",
        actions: [
          ...s3(
            "CreateBucket",
            "DeleteBucket",
            "DeleteBucketPolicy",
            "ListBucketVersions",
            "PutBucketOwnershipControls",
            "PutBucketPolicy",
            "PutBucketPublicAccessBlock",
            "PutEncryptionConfiguration",
            "PutLifecycleConfiguration",
          ),
          ...S3_TAGS,
        ],
        resources: [`arn:${partition}:s3:::${appName}-*`],
      },
      {
        sid: "EmptyBuckets",
        why: "the files of access logs go with their bucket where it is not protected",
        actions: s3("DeleteObject", "DeleteObjectVersion"),
        resources: [`arn:${partition}:s3:::${appName}-*/*`],
      },
      {
        sid: "CreateKeys",
        why: "a key has no ARN before it exists: it has to carry the environment's tags",
        actions: kms("CreateKey"),
        resources: ["*"],
        condition: newOfEnvironment(environment),
      },
      {
        sid: "CompleteKeys",
        why: "KMS checks these with a creation, before the key has tags; a key with either tag already is refused",
        actions: kms("PutKeyPolicy", "TagResource"),
        resources: keys,
        condition: newlyOfEnvironment(environment),
      },
      {
        sid: "ChangeKeys",
        why: "what carries the environment's tags is its own",
        actions: kms(
          "DisableKeyRotation",
          "EnableKeyRotation",
          "PutKeyPolicy",
          "ScheduleKeyDeletion",
          "TagResource",
          "UntagResource",
          "UpdateKeyDescription",
        ),
        resources: keys,
        condition: ofEnvironment(environment),
      },
      {
        sid: "ChangeParameters",
        why: "the parameter that counts images, and no other: secrets of the application may be parameters too",
        actions: ssm(
          "AddTagsToResource",
          "DeleteParameter",
          "PutParameter",
          "RemoveTagsFromResource",
        ),
        resources: [imageTagOf(environment)],
      },
    ];
  },
};
