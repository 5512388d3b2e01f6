import { createHash } from "node:crypto";
import type { Bag } from "../../../preview/graph";
import { sortedKeys } from "../../../preview/sorted-keys";
import type { AccountFolder } from "../account-folder";
import { AwsError } from "../cloud";
import { textsAt } from "../property-path";
import { propertiesOf, textOf } from "../rules/rule";
import type { StoredResource } from "../stored-resource";
import type { BehaviourContext, Behaviours } from "./behaviour";
import { withComputed } from "./behaviour";

/** An image in a repository, under its tag. */
const MANIFEST = "docker:registry/manifest:Manifest";
const REPOSITORY = "aws:ecr/repository:Repository";

/**
 * An image is built from its inputs alone and pushed to its repository, at creation and with every
 * update; deleting the resource leaves the image where it is.
 * Sources: dockerBuild and Delete in provider/provider.go of pulumi/pulumi-docker; the refusals as
 * Amazon ECR answers `docker push` (aws/containers-roadmap#878, moby/buildkit#3776).
 */
export const IMAGE_BEHAVIOURS: Behaviours = {
  "docker:index/image:Image": {
    refuse: (image, context) => {
      if (isPushed(image)) {
        refusePush(image, context);
      }
    },
    complete: (image) =>
      withComputed(image, {
        repoDigest: isPushed(image)
          ? `${nameOf(image).repository}@sha256:${digestOf(image)}`
          : `sha256:${digestOf(image)}`,
      }),
    follow: (image, { folder }) => {
      if (isPushed(image)) {
        const { repository, tag } = nameOf(image);
        folder.write({
          type: MANIFEST,
          name: image.name,
          id: `${repository}:${tag}`,
          incarnation: 0,
          inputs: { repository, tag },
          computed: { digest: `sha256:${digestOf(image)}` },
          unmanaged: true,
        });
      }
    },
  },
};

function refusePush(image: StoredResource, { folder, account }: BehaviourContext): void {
  const { repository, tag } = nameOf(image);
  const registry = `${account.accountId}.dkr.ecr.${account.region}.${account.dnsSuffix}/`;
  if (!repository.startsWith(registry)) {
    return;
  }
  const found = folder
    .ofType(REPOSITORY)
    .find((each) => textOf(each, "repositoryUrl") === repository);
  const name = repository.slice(registry.length);
  if (found === undefined) {
    throw new AwsError(
      "",
      `name unknown: The repository with name '${name}' does not exist in the registry with id '${account.accountId}'`,
    );
  }
  const there = folder.find(MANIFEST, `${repository}:${tag}`);
  const isOther = there !== undefined && textOf(there, "digest") !== `sha256:${digestOf(image)}`;
  if (isOther && isImmutable(found, tag)) {
    throw new AwsError(
      "",
      `tag invalid: The image tag '${tag}' already exists in the '${name}' repository and cannot be overwritten because the tag is immutable.`,
    );
  }
}

/**
 * Refuses to tell of an image that is not in the repository.
 * Source: findImageDetails of aws_ecr_image in hashicorp/terraform-provider-aws, for which an image and a
 * repository that are not there are the same.
 *
 * @throws AwsError where a function of the provider asks for such an image
 */
export function refuseMissingImage(token: string, args: Bag, folder: AccountFolder): void {
  if (token !== "aws:ecr/getImage:getImage") {
    return;
  }
  const repository = folder
    .ofType(REPOSITORY)
    .find((each) => textOf(each, "name") === args["repositoryName"]);
  const isThere = folder
    .ofType(MANIFEST)
    .some(
      (manifest) =>
        repository !== undefined &&
        textOf(manifest, "repository") === textOf(repository, "repositoryUrl") &&
        (args["imageDigest"] ?? null) === textOf(manifest, "digest"),
    );
  if (!isThere) {
    throw new AwsError("", "reading ECR Images: couldn't find resource");
  }
}

/** Tags of an immutable repository stay, but for those that a filter leaves out. */
function isImmutable(repository: StoredResource, tag: string): boolean {
  const mutability = repository.inputs["imageTagMutability"];
  const isNamed = textsAt(repository.inputs, "imageTagMutabilityExclusionFilters[*].filter").some(
    (filter) => matches(tag, filter),
  );
  return (
    mutability === "IMMUTABLE" ||
    (mutability === "IMMUTABLE_WITH_EXCLUSION" && !isNamed) ||
    (mutability === "MUTABLE_WITH_EXCLUSION" && isNamed)
  );
}

function matches(tag: string, filter: string): boolean {
  const pattern = filter.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`).test(tag);
}

function isPushed(image: StoredResource): boolean {
  return image.inputs["skipPush"] !== true;
}

/** Repository and tag of an image's name; Docker's own tag where it has none. */
function nameOf(image: StoredResource): { repository: string; tag: string } {
  const name = textOf(image, "imageName");
  const [, repository = name, tag = "latest"] = /^(.*?)(?::([^:/]*))?$/.exec(name) ?? [];
  return { repository, tag };
}

/** The same for the same build, whatever the image is called. */
function digestOf(image: StoredResource): string {
  const build = propertiesOf(image)["build"] ?? null;
  return createHash("sha256").update(JSON.stringify(build, sortedKeys)).digest("hex");
}
