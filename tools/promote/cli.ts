import { Command, InvalidArgumentError } from "commander";
import { completeCommand, parseArguments } from "../preview/command-line";
import { hint } from "../preview/hint";
import type { Environment, Stream } from "../preview/screen";
import { listStacks, loadStackFiles } from "../preview/stack-files";
import { StackFilesError } from "../preview/yaml-file";
import { dockerArchitecture } from "./architecture";
import { isDigest } from "./image-reference";
import { promote, type Promotion } from "./promote";
import { PromoteError } from "./promote-error";
import { type Execute, runProgram } from "./run-program";
import { nameOf } from "./sides";

/** What the command needs of the world around it. */
export interface Surroundings {
  /** Folder of the project. */
  readonly directory: string;
  readonly environment: Environment;
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly execute: Execute;
}

interface Options {
  readonly digest?: string;
  readonly sourceProfile?: string;
  readonly targetProfile?: string;
  readonly config: boolean;
  readonly dryRun?: true;
}

/** Runs the command; gives its exit code: 0, or 1 for an error. */
export async function run(args: readonly string[], around: Surroundings): Promise<0 | 1> {
  const command = commandFor(around);
  const ended = parseArguments(command, args);
  if (ended !== undefined) return ended;
  const [source = "", target = ""] = command.args;
  const { digest, sourceProfile, targetProfile, config, dryRun } = command.opts<Options>();
  try {
    const promotion: Promotion = {
      ...{ source, target, digest, configures: config },
      profiles: { source: sourceProfile, target: targetProfile },
      settings: settingsOf(target, source, around.directory),
    };
    await promote(promotion, { ...around, dryRun: dryRun === true });
    return 0;
  } catch (error) {
    if (error instanceof PromoteError || error instanceof StackFilesError) {
      around.stderr.write(`${error.message.replace(/^(?!\s)/gm, "error: ")}\n`);
      return 1;
    }
    throw error;
  }
}

/** Reads the target's stack file before anything is asked or done, and refuses a misspelt source. */
function settingsOf(target: string, source: string, directory: string): Promotion["settings"] {
  const stacks = listStacks(directory);
  if (!source.includes("@") && !stacks.includes(nameOf({ stack: source }))) {
    throw new PromoteError(
      `source: got ${source}, must be a stack or an image <repository>@sha256:<digest>; stacks here: ${stacks.join(", ") || "none"}${hint(source, stacks)}`,
    );
  }
  const { project, config } = loadStackFiles(directory, nameOf({ stack: target }));
  return {
    architecture: dockerArchitecture(config[`${project}:architecture`] ?? ""),
    imageDigest: config[`${project}:imageDigest`] ?? "",
  };
}

function commandFor({ stdout, stderr }: Surroundings): Command {
  return completeCommand(
    new Command("npm run promote --")
      .usage("<source> <target> [options]")
      .description(
        "Brings the image that one stack runs to another stack, as it is: copies it by digest to that " +
          "stack's repository, which is made where it is missing, and sets imageDigest. Prints each command " +
          "of aws, pulumi and skopeo before it runs it. What is done already is not done again.",
      )
      .argument("<source>", "stack that runs the image, or the image, <repository>@sha256:<digest>")
      .argument("<target>", "stack that is to run it")
      .option("--digest <digest>", "another image of the source's repository", digestOf)
      .option("--source-profile <name>", "profile of AWS that reads the source")
      .option("--target-profile <name>", "profile of AWS that writes the target")
      .option("--no-config", "leave the stack file as it is, and print the setting")
      .option("--dry-run", "run what only reads, print the rest"),
    { script: "promote", closingHelp, stdout, stderr },
  );
}

function digestOf(text: string): string {
  if (isDigest(text)) return text;
  throw new InvalidArgumentError("a digest is sha256: and 64 lower-case hexadecimal digits");
}

const closingHelp = `
Exit codes:
  0  the target's repository has the image, and its stack file names it
  1  something is missing or was refused, and stderr says what; no setting was changed

Examples:
  npm run promote -- dev prod                         the image that dev runs
  npm run promote -- dev prod --dry-run               what that would do
  npm run promote -- prod prod                        keep the image that prod runs, in a fresh checkout
  npm run promote -- prod prod --digest sha256:…      go back to an earlier image
  npm run promote -- "$IMAGE" prod                    an image that another job has named`;

/** Runs the command in this process. */
export async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), {
    directory: process.cwd(),
    environment: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    execute: runProgram,
  });
}
