import { architectureOf, describeMismatch } from "./architecture";
import { type Place, requirePrograms } from "./command-line";
import { parseReference, promotionTag } from "./image-reference";
import { PromoteError } from "./promote-error";
import {
  type Access,
  copyImage,
  type Image,
  presenceOf,
  requireArchitecture,
  SAME_ARCHITECTURE,
} from "./registry";
import { provideRepository, runningOf, setDigest, type Side } from "./sides";

export interface Promotion {
  /** A stack, or an image by digest whose stack is not asked. */
  readonly source: string;
  readonly target: string;
  /** Named profiles of AWS. @default the credentials of the environment */
  readonly profiles: { readonly source: string | undefined; readonly target: string | undefined };
  /** An image of the source's repository in place of the one that the source runs. */
  readonly digest: string | undefined;
  /** False leaves the target's stack file as it is. */
  readonly configures: boolean;
  /** What the target's stack file says: the architecture in Docker's words, and the image that is set. */
  readonly settings: { readonly architecture: string; readonly imageDigest: string };
}

/**
 * Brings an image to the repository of a stack and sets it to run there. What is done already is not done
 * again, and the setting comes last, so that a promotion that fails changes nothing that is deployed.
 *
 * @throws PromoteError where it cannot be done
 */
export async function promote(promotion: Promotion, place: Place): Promise<void> {
  requirePrograms(["aws", "pulumi"], place);
  const target: Side = { stack: promotion.target, profile: promotion.profiles.target };
  const image = await sourceImage(promotion, place);
  const repository = await provideRepository(target, place);
  if (repository === undefined) {
    place.stdout.write(`then ${image.digest} would be copied there and set for ${target.stack}\n`);
    return;
  }
  await provideImage(image, { repository, profile: target.profile }, promotion, place);
  await configure(image.digest, target, promotion, place);
}

/** An image to promote. */
interface SourceImage extends Image {
  /** ARN of the revision that runs it, where the target is to keep what it runs. */
  readonly taskDefinition: string | undefined;
}

async function sourceImage(
  { source, target, digest, profiles }: Promotion,
  place: Place,
): Promise<SourceImage> {
  const profile = profiles.source;
  if (source.includes("@")) {
    const image = parseReference(source, "source");
    return { ...image, digest: digest ?? image.digest, profile, taskDefinition: undefined };
  }
  const { image, taskDefinition } = await runningOf({ stack: source, profile }, place);
  const running = parseReference(image, `output image of ${source}`);
  return {
    ...{ ...running, digest: digest ?? running.digest, profile },
    taskDefinition: source === target && digest === undefined ? taskDefinition : undefined,
  };
}

async function provideImage(
  image: SourceImage,
  to: Access,
  { settings: { architecture } }: Promotion,
  place: Place,
): Promise<void> {
  const { digest } = image;
  const { url } = to.repository;
  const presence = await presenceOf(to, digest, place);
  if (presence === "tagged") {
    place.stdout.write(`${url} has the image already\n`);
    await checkArchitecture(image, to, architecture, place);
    return;
  }
  if (presence === "absent" && image.repository.url === url) {
    throw new PromoteError(
      `${url} has no image ${digest} any more; choose one of those that \`aws ecr describe-images --region ${to.repository.region} --repository-name ${to.repository.name}\` lists, or promote one from another stack`,
    );
  }
  requirePrograms(["skopeo"], place);
  await copyImage(image, to, architecture, place);
  if (!place.dryRun && (await presenceOf(to, digest, place)) !== "tagged") {
    throw new PromoteError(
      `${url} does not have ${digest} with the tag ${promotionTag(digest)} after the copy; run the command again`,
    );
  }
}

/** Another program may have brought the image, and the settings may have changed since. */
async function checkArchitecture(
  { repository, digest, taskDefinition }: SourceImage,
  to: Access,
  architecture: string,
  place: Place,
): Promise<void> {
  const { region, url } = to.repository;
  if (taskDefinition !== undefined) {
    const found = await architectureOf({ taskDefinition, region, profile: to.profile }, place);
    // No refusal: the preview of a change of the architecture needs the image that runs still.
    if (found !== architecture) {
      place.stderr.write(
        `warning: ${describeMismatch(found, architecture)}; promote another one before \`pulumi up\`, or take back the change of the setting architecture\n`,
      );
    }
    return;
  }
  requirePrograms(["skopeo"], place);
  const remedy =
    repository.url === url
      ? "choose another one, or take back the change of the setting architecture"
      : SAME_ARCHITECTURE;
  await requireArchitecture({ ...to, digest }, { architecture, remedy }, place);
}

async function configure(
  digest: string,
  target: Side,
  { configures, settings }: Promotion,
  place: Place,
): Promise<void> {
  const { stack } = target;
  if (!configures) {
    place.stdout.write(`imageDigest of ${stack} is to be ${digest}\n`);
    return;
  }
  if (settings.imageDigest === digest) {
    place.stdout.write(`${stack} has the setting imageDigest already\n`);
  } else {
    await setDigest(target, digest, place);
  }
  place.stdout.write(`next: pulumi up --stack ${stack} --policy-pack policies\n`);
}
