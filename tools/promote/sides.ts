import { attempt, change, describeFailure, type Place } from "./command-line";
import { type EcrRepository, parseRepository } from "./image-reference";
import { PromoteError } from "./promote-error";

/** A stack that an image comes from or goes to. */
export interface Side {
  /** Name as the Pulumi CLI takes it, with its organisation or without. */
  readonly stack: string;
  /** Named profile of AWS. @default the credentials of the environment */
  readonly profile: string | undefined;
}

/** The stack's own name, which its settings file and its URNs have. */
export const nameOf = ({ stack }: Pick<Side, "stack">): string => stack.split("/").at(-1) ?? stack;

/**
 * The outputs of a stack that are plain texts; none before it is deployed.
 *
 * @throws PromoteError where there is no such stack
 */
async function outputsOf(
  { stack, profile }: Side,
  place: Place,
): Promise<ReadonlyMap<string, string>> {
  const args = ["stack", "output", "--json", "--stack", stack];
  const ended = await attempt({ program: "pulumi", args, profile }, place);
  if (ended.code !== 0) {
    throw new PromoteError(
      `the outputs of ${stack} cannot be read, \`pulumi stack output\` ${describeFailure(ended)}\n` +
        `log in to the backend that has the stack, or make it with \`pulumi stack init ${stack}\``,
    );
  }
  return new Map(
    Object.entries(parseObject(ended.stdout, `the outputs of ${stack}`)).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}

/** What a stack runs. */
interface Running {
  /** `REPOSITORY@sha256:DIGEST`. */
  readonly image: string;
  /** ARN of the revision that names it. */
  readonly taskDefinition: string | undefined;
}

/** What a stack runs, by its outputs. */
export async function runningOf(side: Side, place: Place): Promise<Running> {
  const outputs = await outputsOf(side, place);
  const image = outputs.get("image");
  if (image !== undefined) return { image, taskDefinition: outputs.get("taskDefinition") };
  throw new PromoteError(
    `${side.stack} has no output \`image\`, so that it runs none; deploy it first with \`pulumi up --stack ${side.stack}\``,
  );
}

/**
 * The repository of a stack, which is made where the stack has none yet: the whole stack could not be
 * deployed before the image is there. Undefined in a dry run that would make it.
 */
export async function provideRepository(
  side: Side,
  place: Place,
): Promise<EcrRepository | undefined> {
  const url = (await outputsOf(side, place)).get("registry");
  if (url !== undefined) return parseRepository(url, `output registry of ${side.stack}`);

  const { stack, profile } = side;
  const component = `urn:pulumi:${nameOf(side)}::**::ecs-on-ec2:index:ContainerImage`;
  const targets = [`${component}::*`, `${component}$aws:ecr/**`];
  const args = [
    ...["up", "--stack", stack, "--yes", "--skip-preview", "--non-interactive"],
    ...targets.flatMap((target) => ["--target", target]),
  ];
  place.stdout.write(`${stack} has no repository yet\n`);
  const variables = { REPOSITORY_ONLY_OF: nameOf(side) };
  await change({ program: "pulumi", args, variables, profile }, place);
  if (place.dryRun) return undefined;
  const made = (await outputsOf(side, place)).get("registry");
  if (made !== undefined) return parseRepository(made, `output registry of ${stack}`);
  throw new PromoteError(
    `${stack} has no output \`registry\` after its repository was made; look at \`pulumi stack --stack ${stack}\``,
  );
}

/** Gives a stack the setting that makes it run the image. */
export async function setDigest(
  { stack, profile }: Side,
  digest: string,
  place: Place,
): Promise<void> {
  const args = ["config", "set", "imageDigest", digest, "--stack", stack];
  await change({ program: "pulumi", args, profile }, place);
}

/** The object of a JSON text that a command has printed. */
export function parseObject(text: string, what: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Told below, with what was printed.
  }
  throw new PromoteError(
    `${what} are no JSON object but ${JSON.stringify(text.slice(0, 80))}; run the last command above by itself to see what it prints`,
  );
}
