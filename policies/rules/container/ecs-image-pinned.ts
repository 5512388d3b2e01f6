import { configuredPattern } from "../../configured-pattern";
import { ECS_SERVICE_COMPONENT, fieldOf, ofEach, taskDefinitionChecks } from "../../containers";
import { type Judge, resourcePolicy } from "../../policy";

type Name = "ecs-image-pinned";

export const ecsImagePinned = resourcePolicy<Name>({
  name: "ecs-image-pinned",
  description:
    "A container's image comes from a private ECR registry or one that is named, by digest or by a tag that stays.",
  severity: "high",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Refer to the image that the program pushed by its digest (REPOSITORY@sha256:DIGEST). Copy images of other registries to ECR, or let ECR pull them through, or add a regular expression of the registry to extraRegistries in policies/limits.ts.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
  checks: [
    ...taskDefinitionChecks<Name>(
      ofEach(({ label, definition }, judge) => {
        judgeImage(`image of ${label}`, fieldOf(definition, "image"), judge);
      }),
    ),
    {
      type: ECS_SERVICE_COMPONENT,
      check: ({ props }, judge) => {
        judgeImage("imageReference", props["imageReference"], judge);
      },
    },
  ],
});

/** Tags that people move on by habit, so that the same definition starts another image tomorrow. */
const MOVING_TAGS = new Set([
  "latest",
  "main",
  "master",
  "trunk",
  "develop",
  "dev",
  "staging",
  "prod",
  "production",
  "stable",
  "edge",
  "nightly",
]);

/**
 * Private ECR registries of any partition, also FIPS and dual-stack endpoints.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/ecr.html
 */
const ECR =
  /^\d{12}\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|on\.(?:aws|amazonwebservices\.(?:com\.cn|eu)))$/;

function judgeImage(what: string, image: unknown, { limits, violate }: Judge<Name>): void {
  const reference = typeof image === "string" ? parseReference(image) : undefined;
  if (reference === undefined) {
    violate({
      got: `${what} is not an image reference`,
      allowed: "REGISTRY/REPOSITORY@sha256:DIGEST",
      fix: "refer to the image that the program pushed",
    });
    return;
  }
  const { registry, tag, digest } = reference;
  const registries = limits.extraRegistries.map((source) =>
    configuredPattern("ecs-image-pinned.extraRegistries", `^(?:${source})$`),
  );
  if (!ECR.test(registry) && !registries.some((allowed) => allowed.test(registry))) {
    violate({
      got: `${what} comes from ${registry}`,
      allowed: ["a private ECR registry", ...limits.extraRegistries].join(" or "),
      fix: "copy it to ECR, or add its registry to extraRegistries",
    });
  }
  if (digest) {
    return;
  }
  if (limits.requireDigest) {
    violate({
      got: `${what} has ${tag === undefined ? "no digest" : `tag ${tag} and no digest`}`,
      allowed: "a digest",
      fix: "refer to it as REPOSITORY@sha256:DIGEST",
    });
  } else if (tag === undefined || MOVING_TAGS.has(tag.toLowerCase())) {
    violate({
      got: `${what} has ${tag === undefined ? "no tag, which means latest" : `tag ${tag}`}`,
      allowed: "a digest, or a tag that stays",
      fix: "refer to it as REPOSITORY@sha256:DIGEST",
    });
  }
}

interface ImageReference {
  /** `docker.io` where the reference names none. */
  readonly registry: string;
  readonly tag: string | undefined;
  readonly digest: boolean;
}

/**
 * Takes an image reference apart as Docker does.
 *
 * @see https://pkg.go.dev/github.com/distribution/reference
 */
function parseReference(image: string): ImageReference | undefined {
  const match =
    /^([a-zA-Z0-9][\w./:-]{0,254}?)(?::(\w[\w.-]{0,127}))?(@sha256:[0-9a-f]{64})?$/.exec(image);
  const name = match?.[1];
  if (name === undefined) {
    return undefined;
  }
  const [host = "", ...path] = name.split("/");
  const hasRegistry = path.length > 0 && (/[.:]/.test(host) || host === "localhost");
  return {
    registry: hasRegistry ? host : "docker.io",
    tag: match?.[2],
    digest: match?.[3] !== undefined,
  };
}
