import { PromoteError } from "./promote-error";

/** A private repository of Amazon ECR. */
export interface EcrRepository {
  /** `REGISTRY/NAME`, as the stack's output `registry` has it. */
  readonly url: string;
  /** Host that images are pulled from and pushed to. */
  readonly registry: string;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

export interface ImageReference {
  readonly repository: EcrRepository;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
}

const REPOSITORY = /^((\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[a-z.]+)\/([a-z0-9][a-z0-9._/-]*)$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

/**
 * Takes the URL of a repository apart.
 *
 * @param what what the URL is, for a message
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
 * @throws PromoteError where it is none of Amazon ECR
 */
export function parseRepository(url: string, what: string): EcrRepository {
  const [, registry, accountId, region, name] = REPOSITORY.exec(url) ?? [];
  if (
    registry === undefined ||
    accountId === undefined ||
    region === undefined ||
    name === undefined
  ) {
    throw new PromoteError(
      `${what}: got ${url}, must be <account>.dkr.ecr.<region>.amazonaws.com/<repository>; copy images of other registries to Amazon ECR first`,
    );
  }
  return { url, registry, accountId, region, name };
}

/**
 * Takes `REPOSITORY@sha256:DIGEST` apart.
 *
 * @throws PromoteError where it has another form
 */
export function parseReference(text: string, what: string): ImageReference {
  const at = text.indexOf("@");
  const digest = text.slice(at + 1);
  if (at < 0 || !isDigest(digest)) {
    throw new PromoteError(
      `${what}: got ${text}, must be <repository>@sha256:<64 lower-case hexadecimal digits>; copy the output \`image\` of the stack that runs the image`,
    );
  }
  return { repository: parseRepository(text.slice(0, at), what), digest };
}

/**
 * The tag of a promoted image: an image without one would expire after 14 days, and the same digest has
 * to get the same tag each time. No image that a stack builds for itself has a tag of this form.
 */
export function promotionTag(digest: string): string {
  return `promoted-${digest.slice("sha256:".length, "sha256:".length + 16)}`;
}
