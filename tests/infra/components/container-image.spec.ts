import assert from "node:assert/strict";
import { ContainerImage } from "../../../infra/components/container-image";
import type { ImagePlan, ImageSource } from "../../../infra/plan/stack-plan";
import { UNKNOWN } from "../../../tools/preview/graph";
import type { MockRun } from "../../support/program-under-mocks";
import { underMocks } from "../../support/program-under-mocks";

const BUILD: Extract<ImageSource, { kind: "build" }> = {
  kind: "build",
  build: {
    context: "./app",
    dockerfile: "./app/Dockerfile",
    target: "runtime",
    args: { NODE_VERSION: "22" },
    contentHash: "0123456789abcdef",
  },
  platform: "linux/arm64",
  tag: "0123456789ab",
};

const PLAN: ImagePlan = {
  source: BUILD,
  keepImages: 20,
  encryption: "AES256",
  deletionProtection: false,
};

const declareImage = (plan: ImagePlan, run?: MockRun) =>
  underMocks(() => {
    const { repositoryArn, repositoryUrl, imageReference } = new ContainerImage("image", { plan });
    return { repositoryArn, repositoryUrl, imageReference };
  }, run);

const REPOSITORY = "aws:ecr/repository:Repository";
const IMAGE = "docker:index/image:Image";

describe("ContainerImage", () => {
  it("declares a repository, its lifecycle policy and the image", async () => {
    const program = await declareImage(PLAN);

    assert.deepEqual(program.resources.map(({ type, name }) => `${type} ${name}`).sort(), [
      "aws:ecr/lifecyclePolicy:LifecyclePolicy image-lifecycle",
      "aws:ecr/repository:Repository image",
      "aws:ssm/parameter:Parameter image-image-tag",
      "docker:index/image:Image image-build",
      "ecs-on-ec2:index:ContainerImage image",
    ]);
  });

  it("makes tags immutable, scans on push and encrypts", async () => {
    const repository = (await declareImage(PLAN)).only(REPOSITORY);

    assert.deepEqual(repository.inputs, {
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "AES256" }],
      forceDelete: true,
    });
    assert.equal(repository.protect, false);
  });

  it("encrypts with the AWS-managed key where KMS is planned", async () => {
    const repository = (await declareImage({ ...PLAN, encryption: "KMS" })).only(REPOSITORY);

    assert.deepEqual(repository.inputs["encryptionConfigurations"], [{ encryptionType: "KMS" }]);
  });

  it("protects the repository, and never empties it, with deletion protection", async () => {
    const program = await declareImage({ ...PLAN, deletionProtection: true });

    assert.equal(program.only(REPOSITORY).inputs["forceDelete"], false);
    assert.deepEqual(
      program.resources.filter(({ protect }) => protect).map(({ type }) => type),
      [REPOSITORY],
    );
  });

  it("expires untagged images by age and all others by count, the rule for any image last", async () => {
    const program = await declareImage({ ...PLAN, keepImages: 50 });

    const policy = program.only("aws:ecr/lifecyclePolicy:LifecyclePolicy").inputs["policy"];
    assert.deepEqual(JSON.parse(policy as string), {
      rules: [
        {
          rulePriority: 1,
          description: "Expire untagged images after 14 days",
          selection: {
            tagStatus: "untagged",
            countType: "sinceImagePushed",
            countUnit: "days",
            countNumber: 14,
          },
          action: { type: "expire" },
        },
        {
          rulePriority: 2,
          description: "Keep the last 50 images",
          selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 50 },
          action: { type: "expire" },
        },
      ],
    });
  });

  it("builds the image for the planned platform and pushes it under the planned tag", async () => {
    const program = await declareImage(PLAN);

    const image = program.only(IMAGE);
    const { build, buildOnPreview, imageName } = image.inputs;
    assert.deepEqual(build, {
      context: "./app",
      dockerfile: "./app/Dockerfile",
      platform: "linux/arm64",
      target: "runtime",
      args: { NODE_VERSION: "22" },
      builderVersion: "BuilderBuildKit",
    });
    assert.equal(buildOnPreview, false);
    assert.equal(imageName, `${program.outputs["repositoryUrl"] as string}:0123456789ab-1`);
    assert.ok(
      image.dependencies.includes(program.only("aws:ecr/lifecyclePolicy:LifecyclePolicy").urn),
    );
  });

  it("counts the changes of the content in the tag, for ECR takes an immutable tag once", async () => {
    const program = await declareImage(PLAN);

    const { urn, inputs } = program.only("aws:ssm/parameter:Parameter");
    assert.deepEqual(inputs, {
      description: "Content of the deployed image; its version is part of the tag",
      type: "String",
      value: "0123456789ab",
    });
    assert.ok(program.only(IMAGE).dependencies.includes(urn));
  });

  it("leaves the target out where the Dockerfile's last stage is built", async () => {
    const program = await declareImage({
      ...PLAN,
      source: { ...BUILD, build: { ...BUILD.build, target: undefined } },
    });

    const build = program.only(IMAGE).inputs["build"] as Record<string, unknown>;
    assert.equal("target" in build, false);
  });

  it("logs in to the registry of the repository with a secret password", async () => {
    const image = (await declareImage(PLAN)).only(IMAGE);

    const registry = image.inputs["registry"] as Record<string, unknown>;
    assert.equal(registry["server"], "123456789012.dkr.ecr.eu-central-1.amazonaws.com");
    assert.equal(registry["username"], "AWS");
    assert.ok(image.secretInputs.includes("registry.password"));
  });

  it("refers to the pushed image by digest", async () => {
    const { outputs } = await declareImage(PLAN);

    const [repository, digest] = (outputs["imageReference"] as string).split("@");
    assert.equal(repository, outputs["repositoryUrl"]);
    assert.match(digest!, /^sha256:[0-9a-f]{64}$/);
    assert.match(
      outputs["repositoryArn"] as string,
      /^arn:aws:ecr:eu-central-1:123456789012:repository\/image-[0-9a-f]{7}$/,
    );
  });

  it("does not know the digest before the deployment", async () => {
    const { outputs } = await declareImage(PLAN, { preview: true });

    assert.equal(outputs["imageReference"], UNKNOWN);
  });

  it("declares the same inputs whenever it runs, so that nothing changes without a change", async () => {
    const [first, second] = [await declareImage(PLAN), await declareImage(PLAN)];

    assert.deepEqual(first.only(IMAGE).inputs, second.only(IMAGE).inputs);
  });

  describe("by digest", () => {
    const DIGEST = `sha256:${"d".repeat(64)}`;
    const PROMOTED: ImagePlan = { ...PLAN, source: { kind: "digest", digest: DIGEST } };

    it("declares the repository and no build", async () => {
      const program = await declareImage(PROMOTED);

      assert.deepEqual(program.resources.map(({ type, name }) => `${type} ${name}`).sort(), [
        "aws:ecr/lifecyclePolicy:LifecyclePolicy image-lifecycle",
        "aws:ecr/repository:Repository image",
        "aws:ssm/parameter:Parameter image-image-tag",
        "ecs-on-ec2:index:ContainerImage image",
      ]);
    });

    it("refers to the image of its own repository", async () => {
      const { outputs } = await declareImage(PROMOTED);

      assert.equal(outputs["imageReference"], `${outputs["repositoryUrl"] as string}@${DIGEST}`);
    });

    it("does not ask for the image before the repository is there", async () => {
      const { outputs } = await declareImage(PROMOTED, { preview: true });

      assert.equal(outputs["imageReference"], UNKNOWN);
    });

    it("counts on, so that a build of earlier content gets a tag that the repository has not seen", async () => {
      const parameter = (await declareImage(PROMOTED)).only("aws:ssm/parameter:Parameter");

      assert.equal(parameter.inputs["value"], DIGEST);
    });

    it("leaves the repository and what it keeps as they are with a build", async () => {
      const [built, promoted] = [await declareImage(PLAN), await declareImage(PROMOTED)];

      for (const type of [REPOSITORY, "aws:ecr/lifecyclePolicy:LifecyclePolicy"]) {
        assert.deepEqual(promoted.only(type).inputs, built.only(type).inputs);
        assert.equal(promoted.only(type).urn, built.only(type).urn);
      }
    });

    it("fails where the repository does not have the image, and says how to bring it there", async () => {
      const refusals = {
        "aws:ecr/getImage:getImage": "reading ECR Images:\n  couldn't find resource\n",
      };

      await assert.rejects(declareImage(PROMOTED, { refusals }), (error: Error) => {
        assert.match(
          error.message,
          new RegExp(
            `imageDigest: got ${DIGEST}, the repository image-[0-9a-f]{7} has no such image that can be read ` +
              "\\(.*reading ECR Images: couldn't find resource ?\\); " +
              "copy it there with `npm run promote -- <stack that runs it> <this stack>`",
          ),
        );
        return true;
      });
    });
  });
});
