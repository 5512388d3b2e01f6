import assert from "node:assert/strict";
import { inAccount, refusalOf, textOf } from "../temporary-account";

const BUCKET = "aws:s3/bucket:Bucket";
const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const REPOSITORY = "aws:ecr/repository:Repository";
const IMAGE = "docker:index/image:Image";

describe("the rules of storage", () => {
  it(
    "give the name of a bucket, a parameter and a repository once",
    inAccount(async (account) => {
      const twice = async (type: string, inputs: Record<string, string>) => {
        await account.make(type, inputs, "one");
        return refusalOf(account.make(type, inputs, "two"));
      };
      assert.equal(
        await twice(BUCKET, { bucket: "web" }),
        "BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it.",
      );
      assert.equal(
        await twice("aws:ssm/parameter:Parameter", { name: "/web", type: "String", value: "x" }),
        "ParameterAlreadyExists: The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
      );
      assert.equal(
        await twice(REPOSITORY, { name: "web" }),
        "RepositoryAlreadyExistsException: The repository with name 'web' already exists in the registry with id '123456789012'",
      );
    }),
  );

  it(
    "refuse settings of a bucket and of a repository that do not exist",
    inAccount(async (account) => {
      assert.equal(
        await refusalOf(account.make(BUCKET_POLICY, { bucket: "none", policy: "{}" })),
        "NoSuchBucket: The specified bucket does not exist",
      );
      assert.equal(
        await refusalOf(
          account.make("aws:ecr/lifecyclePolicy:LifecyclePolicy", {
            repository: "none",
            policy: "{}",
          }),
        ),
        "RepositoryNotFoundException: The repository with name 'none' does not exist in the registry",
      );
    }),
  );

  it(
    "let the settings of a bucket go with it",
    inAccount(async (account) => {
      const bucket = await account.make(BUCKET, {});
      const policy = await account.make(BUCKET_POLICY, { bucket: bucket.id, policy: "{}" });
      await account.delete(bucket);
      assert.equal(await account.cloud.read(policy), undefined);
    }),
  );

  it(
    "keep a repository with images, unless it is told to delete them",
    inAccount(async (account) => {
      const repository = await account.make(REPOSITORY, { name: "web" });
      const image = await account.make(IMAGE, {
        imageName: `${textOf(repository, "repositoryUrl")}:v1`,
        build: { context: ".", dockerfile: "./app/Dockerfile" },
      });
      await account.delete(image);
      assert.equal(
        await refusalOf(account.delete(repository)),
        "RepositoryNotEmptyException: The repository with name 'web' in registry with id '123456789012' cannot be deleted because it still contains images",
      );
      await account.change(repository, { forceDelete: true });
      await account.delete(repository);
    }),
  );
});
