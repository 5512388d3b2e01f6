import { AwsError } from "../cloud";
import { isSet, textOf } from "./rule";
import type { Reference, RuleTable } from "./rule";

/**
 * Buckets, parameters and image repositories.
 * Sources of the wording: error responses of the Amazon S3, Systems Manager and Amazon ECR API
 * references; moto (moto/s3/exceptions.py, moto/ecr/exceptions.py).
 */

const BUCKET = "aws:s3/bucket:Bucket";
const REPOSITORY = "aws:ecr/repository:Repository";
const OBJECT = "aws:s3/bucketObject:BucketObject";

/** Settings of a bucket that are resources of their own. */
const BUCKET_SETTINGS = [
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "aws:s3/bucketVersioning:BucketVersioning",
];

const bucket: Reference = {
  path: "bucket",
  to: [BUCKET],
  by: "bucket",
  missing: () => new AwsError("NoSuchBucket", "The specified bucket does not exist"),
};

export const STORAGE_RULES: RuleTable = {
  [BUCKET]: {
    unique: [
      {
        properties: ["bucket"],
        taken: () =>
          new AwsError(
            "BucketAlreadyOwnedByYou",
            "Your previous request to create the named bucket succeeded and you already own it.",
          ),
      },
    ],
    obstacles: [
      {
        by: [OBJECT],
        unless: isSet("forceDestroy"),
        refusal: () =>
          new AwsError("BucketNotEmpty", "The bucket you tried to delete is not empty"),
      },
    ],
    takesAlong: [...BUCKET_SETTINGS, OBJECT],
  },
  ...Object.fromEntries(BUCKET_SETTINGS.map((type) => [type, { references: [bucket] }])),
  [OBJECT]: { references: [bucket] },
  "aws:ssm/parameter:Parameter": {
    unique: [
      {
        properties: ["name"],
        taken: () =>
          new AwsError(
            "ParameterAlreadyExists",
            "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
          ),
      },
    ],
  },
  [REPOSITORY]: {
    unique: [
      {
        properties: ["name"],
        taken: (repository) =>
          new AwsError(
            "RepositoryAlreadyExistsException",
            `The repository with name '${textOf(repository, "name")}' already exists in the registry with id '${textOf(repository, "registryId")}'`,
          ),
      },
    ],
    obstacles: [
      {
        by: ["docker:registry/manifest:Manifest"],
        unless: isSet("forceDelete"),
        refusal: (repository) =>
          new AwsError(
            "RepositoryNotEmptyException",
            `The repository with name '${textOf(repository, "name")}' in registry with id '${textOf(repository, "registryId")}' cannot be deleted because it still contains images`,
          ),
      },
    ],
    takesAlong: ["aws:ecr/lifecyclePolicy:LifecyclePolicy", "docker:registry/manifest:Manifest"],
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    references: [
      {
        path: "repository",
        to: [REPOSITORY],
        by: "name",
        missing: (name) =>
          new AwsError(
            "RepositoryNotFoundException",
            `The repository with name '${name}' does not exist in the registry`,
          ),
      },
    ],
  },
  // The push itself looks for the repository: an image may stay on the machine that builds it.
  "docker:index/image:Image": {},
  "docker:registry/manifest:Manifest": {
    references: [{ path: "repository", to: [REPOSITORY], by: "repositoryUrl" }],
  },
};
