import { type Place, read } from "./command-line";

const DOCKER_WORDS: Readonly<Record<string, string>> = { arm64: "arm64", x86_64: "amd64" };

/** An architecture of the settings or of Amazon ECS in the words of Docker. */
export const dockerArchitecture = (name: string): string =>
  DOCKER_WORDS[name.toLowerCase()] ?? name;

/** A revision that a stack runs, and who may ask for it. */
interface Revision {
  /** ARN of the task definition. */
  readonly taskDefinition: string;
  readonly region: string;
  /** Named profile of AWS. @default the credentials of the environment */
  readonly profile: string | undefined;
}

/**
 * The architecture of a revision's tasks, in the words of Docker. It tells that of the image that runs to those
 * who may not pull it, as whoever previews a stack.
 */
export async function architectureOf(
  { taskDefinition, region, profile }: Revision,
  place: Place,
): Promise<string> {
  const args = [
    ...["ecs", "describe-task-definition", "--region", region],
    ...["--task-definition", taskDefinition],
    ...["--query", "taskDefinition.runtimePlatform.cpuArchitecture", "--output", "text"],
  ];
  return dockerArchitecture((await read({ program: "aws", args, profile }, place)).trim());
}

/** What is wrong with an image for another processor, both in the words of Docker. */
export const describeMismatch = (found: string, architecture: string): string =>
  `the image is built for ${found}, the stack that it goes to runs ${architecture}`;
