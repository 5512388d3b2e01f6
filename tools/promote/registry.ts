import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
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

/**
 * Copies an image with all of its platforms, so that it has the same digest in the other repository.
 * skopeo alone of the usual tools does so always: `docker buildx imagetools` wraps an image into a list,
 * which has a digest of its own.
 *
 * @param architecture the image must have, in the words of Docker
 */
export async function copyImage(
  from: ImageReference & Pick<Access, "profile">,
  to: Access,
  architecture: string,
  place: Place,
): Promise<void> {
  const folder = place.dryRun ? "<folder>" : mkdtempSync(join(tmpdir(), "promote-"));
  const authFile = join(folder, "auth.json");
  const source = `docker://${from.repository.url}@${from.digest}`;
  const target = `docker://${to.repository.url}:${promotionTag(from.digest)}`;
  try {
    // Where both are in one registry, the target's credentials have to do: they can push.
    const sides = [to, from].filter(
      ({ repository }, index, all) =>
        all.findIndex((other) => other.repository.registry === repository.registry) === index,
    );
    for (const side of sides) await logIn(side, authFile, place);
    if (!place.dryRun) await requireArchitecture(source, architecture, authFile, place);
    const flags = ["--all", "--preserve-digests", "--retry-times", "3", "--authfile", authFile];
    const args = ["copy", ...flags, source, target];
    await change({ program: "skopeo", args, profile: undefined }, place);
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

async function requireArchitecture(
  image: string,
  architecture: string,
  authFile: string,
  place: Place,
): Promise<void> {
  const args = [
    ...["--override-os", "linux", "--override-arch", architecture],
    ...["inspect", "--no-tags", "--authfile", authFile, image],
  ];
  const printed = await read({ program: "skopeo", args, profile: undefined }, place);
  const found = parseObject(printed, "the properties of the image")["Architecture"];
  if (found !== architecture) {
    throw new PromoteError(
      `the image is built for ${String(found)}, the stack that it goes to runs ${architecture}; give both stacks the same architecture`,
    );
  }
}
