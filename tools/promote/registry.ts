import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { describeMismatch } from "./architecture";
import { attempt, change, describeFailure, type Place, read } from "./command-line";
import { type EcrRepository, type ImageReference, promotionTag } from "./image-reference";
import { PromoteError } from "./promote-error";
import { parseObject } from "./sides";

/** A repository and who may reach it. */
export interface Access {
  readonly repository: EcrRepository;
  /** Named profile of AWS. @default the credentials of the environment */
  readonly profile: string | undefined;
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html */
const answer = z.object({
  imageDetails: z.array(
    z.object({ imageDigest: z.string(), imageTags: z.array(z.string()).default([]) }),
  ),
});

/** Whether a repository has an image, and whether by a tag, without which it would expire soon. */
export type Presence = "absent" | "untagged" | "tagged";

/** Asks Amazon ECR for an image. */
export async function presenceOf(
  { repository, profile }: Access,
  digest: string,
  place: Place,
): Promise<Presence> {
  const { accountId, region, name } = repository;
  const args = [
    ...["ecr", "describe-images", "--region", region, "--registry-id", accountId],
    ...["--repository-name", name, "--image-ids", `imageDigest=${digest}`, "--output", "json"],
  ];
  const ended = await attempt({ program: "aws", args, profile }, place);
  if (ended.code !== 0 && /\bImageNotFoundException\b/.test(ended.stderr)) return "absent";
  if (ended.code !== 0) {
    throw new PromoteError(
      `the images of ${repository.url} cannot be read, \`aws ecr describe-images\` ${describeFailure(ended)}`,
    );
  }
  const parsed = answer.safeParse(parseObject(ended.stdout, "the images that Amazon ECR has"));
  const found = parsed.data?.imageDetails.find(({ imageDigest }) => imageDigest === digest);
  if (found === undefined) return "absent";
  return found.imageTags.length > 0 ? "tagged" : "untagged";
}

/** What to do about an image for another processor that comes from another stack. */
export const SAME_ARCHITECTURE = "give both stacks the same architecture";

/** An image and who may read it. */
export type Image = ImageReference & Pick<Access, "profile">;

/**
 * Copies an image with all of its platforms, so that it has the same digest in the other repository.
 * skopeo alone of the usual tools does so always: `docker buildx imagetools` wraps an image into a list,
 * which has a digest of its own.
 *
 * @param architecture the image must have, in the words of Docker
 */
export async function copyImage(
  from: Image,
  to: Access,
  architecture: string,
  place: Place,
): Promise<void> {
  const target = `docker://${to.repository.url}:${promotionTag(from.digest)}`;
  // Where both are in one registry, the target's credentials have to do: they can push.
  const sides = [to, from].filter(
    ({ repository }, index, all) =>
      all.findIndex((other) => other.repository.registry === repository.registry) === index,
  );
  await loggedIn(sides, place, async (authFile) => {
    await inspectImage(from, { architecture, remedy: SAME_ARCHITECTURE }, authFile, place);
    const flags = ["--all", "--preserve-digests", "--retry-times", "3", "--authfile", authFile];
    const args = ["copy", ...flags, sourceOf(from), target];
    await change({ program: "skopeo", args, profile: undefined }, place);
  });
}

/** What an image has to be built for, in the words of Docker, and what to do where it is not. */
interface Requirement {
  readonly architecture: string;
  readonly remedy: string;
}

/** Refuses an image of a repository that is built for another processor. */
export async function requireArchitecture(
  image: Image,
  required: Requirement,
  place: Place,
): Promise<void> {
  await loggedIn([image], place, (authFile) => inspectImage(image, required, authFile, place));
}

const sourceOf = ({ repository, digest }: Image): string => `docker://${repository.url}@${digest}`;

/** Acts with a file of credentials for registries, which is gone afterwards. */
async function loggedIn(
  sides: readonly Access[],
  place: Place,
  act: (authFile: string) => Promise<void>,
): Promise<void> {
  const folder = place.dryRun ? "<folder>" : mkdtempSync(join(tmpdir(), "promote-"));
  const authFile = join(folder, "auth.json");
  try {
    for (const side of sides) await logIn(side, authFile, place);
    await act(authFile);
  } finally {
    if (!place.dryRun) rmSync(folder, { recursive: true, force: true });
  }
}

/** The password goes by standard input into a file of this run: arguments are for everybody to read. */
async function logIn(
  { repository, profile }: Access,
  authFile: string,
  place: Place,
): Promise<void> {
  const { region, registry } = repository;
  const asked = ["ecr", "get-login-password", "--region", region];
  const args = ["login", "--authfile", authFile, "--username", "AWS", "--password-stdin", registry];
  const input = place.dryRun ? "" : await read({ program: "aws", args: asked, profile }, place);
  await change({ program: "skopeo", args, profile: undefined, input }, place);
}

/** A dry run only prints the command: it is logged in nowhere. */
async function inspectImage(
  image: Image,
  { architecture, remedy }: Requirement,
  authFile: string,
  place: Place,
): Promise<void> {
  const args = [
    ...["--override-os", "linux", "--override-arch", architecture],
    ...["inspect", "--no-tags", "--authfile", authFile, sourceOf(image)],
  ];
  const command = { program: "skopeo", args, profile: undefined } as const;
  if (place.dryRun) return change(command, place);
  const printed = await read(command, place);
  const found = parseObject(printed, "the properties of the image")["Architecture"];
  if (found !== architecture) {
    throw new PromoteError(`${describeMismatch(String(found), architecture)}; ${remedy}`);
  }
}
