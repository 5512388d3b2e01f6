import * as aws from "@pulumi/aws";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { ContainerBuild } from "../container-contract";
import type { ImagePlan, ImageSource } from "../plan/stack-plan";
import { typeToken } from "./type-token";

export interface ContainerImageArgs {
  readonly plan: ImagePlan;
}

/**
 * A private ECR repository and the image of the container: built on the machine that runs `pulumi up`
 * and pushed (a preview builds nothing), or one that was copied there and is named by its digest. ECR
 * costs by the stored gigabyte, and the lifecycle policy bounds the number of images.
 */
export class ContainerImage extends pulumi.ComponentResource {
  readonly repositoryArn: pulumi.Output<string>;
  readonly repositoryUrl: pulumi.Output<string>;
  /** The image that runs by digest, `REPOSITORY@sha256:DIGEST`: another image, and only that, changes it. */
  readonly imageReference: pulumi.Output<string>;

  constructor(name: string, args: ContainerImageArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("ContainerImage"), name, args, opts);
    const { plan } = args;
    const { source } = plan;

    const repository = new aws.ecr.Repository(
      name,
      {
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        // KMS without a key takes the AWS-managed key of ECR, which needs no key policy.
        encryptionConfigurations: [{ encryptionType: plan.encryption }],
        forceDelete: !plan.deletionProtection,
      },
      { parent: this, protect: plan.deletionProtection },
    );
    const lifecycle = new aws.ecr.LifecyclePolicy(
      `${name}-lifecycle`,
      {
        repository: repository.name,
        policy: pulumi.jsonStringify(buildLifecyclePolicy(plan.keepImages)),
      },
      { parent: this },
    );
    // Counts the changes of the content. ECR refuses an immutable tag a second time, even for the same
    // image, so that without the count a return to earlier content could not be pushed. It counts on
    // while images are named by digest, for the stack may build again.
    const content = new aws.ssm.Parameter(
      `${name}-image-tag`,
      {
        description: "Content of the deployed image; its version is part of the tag",
        type: aws.ssm.ParameterType.String,
        value: source.kind === "build" ? source.tag : source.digest,
      },
      { parent: this },
    );

    this.repositoryArn = repository.arn;
    this.repositoryUrl = repository.repositoryUrl;
    this.imageReference =
      source.kind === "build"
        ? declareBuild(name, source, { repository, lifecycle, content }, this)
        : lookUpImage(source.digest, repository, this);
    this.registerOutputs({
      repositoryArn: this.repositoryArn,
      repositoryUrl: this.repositoryUrl,
      imageReference: this.imageReference,
    });
  }
}

/** Builds the image and pushes it; gives it by digest. */
function declareBuild(
  name: string,
  { build, platform, tag }: Extract<ImageSource, { kind: "build" }>,
  to: {
    readonly repository: aws.ecr.Repository;
    readonly lifecycle: aws.ecr.LifecyclePolicy;
    readonly content: aws.ssm.Parameter;
  },
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const { repositoryUrl, registryId } = to.repository;
  const token = aws.ecr.getAuthorizationTokenOutput({ registryId }, { parent });
  const image = new docker.Image(
    `${name}-build`,
    {
      imageName: pulumi.interpolate`${repositoryUrl}:${tag}-${to.content.version}`,
      build: buildInputs(build, platform),
      // Credentials of the provider instead would show as a difference in every preview.
      registry: {
        server: repositoryUrl.apply(registryHost),
        username: token.userName,
        password: pulumi.secret(token.password),
      },
      buildOnPreview: false,
    },
    // Without the policy a failed first deployment would leave images that nothing expires.
    { parent, dependsOn: [to.lifecycle] },
  );
  return image.repoDigest;
}

/**
 * The image of the repository that has this digest. Fails a preview already where it is not there, as
 * tasks would only fail to start; before the repository exists there is nothing to ask.
 */
function lookUpImage(
  imageDigest: string,
  repository: aws.ecr.Repository,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  return pulumi
    .all([repository.name, repository.repositoryUrl])
    .apply(async ([repositoryName, repositoryUrl]) => {
      try {
        await aws.ecr.getImage({ repositoryName, imageDigest }, { parent });
      } catch (error) {
        throw new Error(describeMissingImage(imageDigest, repositoryName, error), { cause: error });
      }
      return `${repositoryUrl}@${imageDigest}`;
    });
}

function describeMissingImage(digest: string, repository: string, error: unknown): string {
  const reason = error instanceof Error ? error.message.replace(/\s+/g, " ") : String(error);
  return (
    `imageDigest: got ${digest}, the repository ${repository} has no such image that can be read (${reason}); ` +
    "copy it there with `npm run promote -- <stack that runs it> <this stack>`"
  );
}

/**
 * Expires by count, never tagged images by age: the running image may be old. Rules are in the order
 * of their priority, as ECR returns them, and the one for any image has to be the last.
 */
function buildLifecyclePolicy(keepImages: number): aws.types.input.ecr.LifecyclePolicyDocument {
  return {
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
        description: `Keep the last ${String(keepImages)} images`,
        selection: {
          tagStatus: "any",
          countType: "imageCountMoreThan",
          countNumber: keepImages,
        },
        action: { type: "expire" },
      },
    ],
  };
}

function buildInputs(build: ContainerBuild, platform: string): docker.types.input.DockerBuild {
  return {
    context: build.context,
    dockerfile: build.dockerfile,
    platform,
    args: { ...build.args },
    builderVersion: docker.BuilderVersion.BuilderBuildKit,
    ...(build.target !== undefined && { target: build.target }),
  };
}

/** `ACCOUNT.dkr.ecr.REGION.amazonaws.com` of a repository's URL, which has no scheme. */
function registryHost(repositoryUrl: string): string {
  return repositoryUrl.split("/", 1).join("");
}
