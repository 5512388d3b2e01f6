import { Command, InvalidArgumentError, Option } from "commander";
import { InputFileError } from "../policy/json-file";
import { completeCommand, parseArguments } from "../preview/command-line";
import { renderFailure } from "../preview/failure";
import { type Environment, screenOf, type Stream } from "../preview/screen";
import { listStacks, readProjectName } from "../preview/stack-files";
import { exitCodeOf, type ExitCode } from "./exit-code";
import { appendStepSummary, isOnGitHub } from "./github-job";
import { renderAnnotations } from "./render-annotations";
import { inOneLine } from "./legible";
import { type MarkdownOptions, renderMarkdown } from "./render-markdown";
import { renderText } from "./render-text";
import { reportFiles } from "./report-files";
import { openReportFolder, writeReport } from "./report-folder";
import { extensionIn, type ReviewPlace } from "./review-place";
import type { StackReview } from "./stack-review";
import { withoutCommands } from "./workflow-commands";

/** What is reviewed. */
export interface ReviewRequest {
  /** Undefined for all stacks of the working tree and of the ref. */
  readonly stacks: readonly string[] | undefined;
  /** The git ref that the working tree is compared with. */
  readonly against: string;
  /** Types of resources whose destruction is allowed. */
  readonly allowDestruction: readonly string[];
}

/** What the command needs of the world around it. */
export interface Surroundings {
  /** Folder of the project. */
  readonly directory: string;
  readonly environment: Environment;
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Compares each of the stacks; what one of them cannot tell does not keep the others from it. */
  readonly compareStacks: (request: ReviewRequest) => Promise<readonly StackReview[]>;
  /** Folder of the project in its repository, with a slash at its end; empty for the root. */
  readonly prefixIn: (directory: string) => Promise<string>;
  /** A word that nobody can have written into the report. */
  readonly token: () => string;
}

interface Options {
  readonly against: string;
  readonly output?: string;
  readonly allowDestruction: readonly string[];
  readonly fullReportUrl?: string;
  readonly color: boolean;
}

/**
 * Runs the command; gives its exit code: 0, 1 for an error, 3 for a violated mandatory policy, 5 for a
 * destruction that is not allowed.
 */
export async function run(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  const command = commandFor(around);
  const ended = parseArguments(command, args);
  if (ended !== undefined) return ended;
  const { against, output, allowDestruction, fullReportUrl, color } = command.opts<Options>();
  const { directory, environment, stdout, stderr } = around;
  try {
    const project = readProjectName(directory);
    const stacks = command.args.length === 0 ? undefined : [...new Set(command.args)];
    refuseOptionNames(stacks ?? listStacks(directory));
    // Before the work, which takes seconds.
    if (output !== undefined) openReportFolder(output, stacks ?? listStacks(directory));
    const reviews = await around.compareStacks({ stacks, against, allowDestruction });
    const place = {
      prefix: await around.prefixIn(directory),
      extension: extensionIn(directory),
    };
    const markdown = { project, ...(fullReportUrl !== undefined && { fullReportUrl }) };
    const written =
      output === undefined ? [] : writeReport(output, await reportFiles(reviews, markdown, place));
    const files = written.length === 0 ? "" : `\nWritten: ${written.join(", ")}\n`;
    const text = `${renderText(reviews, screenOf(stdout, environment, color))}${files}`;
    stdout.write(
      isOnGitHub(environment) ? forGitHub(text, reviews, { ...around, markdown, place }) : text,
    );
    return exitCodeOf(reviews);
  } catch (error) {
    stderr.write(renderError(error));
    return 1;
  }
}

/** The report where no text in it is taken for a command, the annotations, and what the summary gave. */
function forGitHub(
  text: string,
  reviews: readonly StackReview[],
  {
    environment,
    token,
    markdown,
    place,
  }: Surroundings & { readonly markdown: MarkdownOptions; readonly place: ReviewPlace },
): string {
  const summary = appendStepSummary(environment, (limit) =>
    renderMarkdown(reviews, { ...markdown, limit }),
  );
  return `${withoutCommands(text, token())}${renderAnnotations(reviews, place)}${summary}`;
}

/** A file `Pulumi.--help.yaml` would make a stack that no command can name. */
function refuseOptionNames(stacks: readonly string[]): void {
  const wrong = stacks.find((stack) => stack.startsWith("-"));
  if (wrong === undefined) return;
  throw new InputFileError(`stack '${inOneLine(wrong)}'`, [
    "begins with '-', so that commands take it for an option; rename its file",
  ]);
}

function renderError(error: unknown): string {
  return error instanceof InputFileError
    ? error.message.replace(/^/gm, "error: ").concat("\n")
    : renderFailure(error);
}

function collectType(text: string, earlier: readonly string[]): readonly string[] {
  if (!/^[^:\s]+:[^:\s]+:[^:\s]+$/.test(text)) {
    throw new InvalidArgumentError("a type is written as aws:ecs/service:Service");
  }
  return [...earlier, text];
}

function addressOf(text: string): string {
  const isOfWeb = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (!isOfWeb) throw new InvalidArgumentError("an address begins with https:// or http://");
  return text;
}

function commandFor({ directory, stdout, stderr }: Surroundings): Command {
  const stacks = listStacks(directory).join(", ") || "none";
  return completeCommand(
    new Command("npm run review --")
      .usage("[stacks...] --against <ref> [options]")
      .description(
        "Shows what the working tree changes in every stack, compared with a git ref: what is created, replaced " +
          "and destroyed, what it opens, how it scales, what it costs and what the policies say. Needs no Pulumi " +
          "CLI, no AWS account and no secret.",
      )
      .argument("[stacks...]", `stacks to compare (default: all, here: ${stacks})`)
      .requiredOption("--against <ref>", "branch, tag or commit to compare with")
      .option(
        "--output <folder>",
        "write review.md, review.json, review.sarif and two diagrams of each stack to a folder",
      )
      .addOption(
        new Option(
          "--allow-destruction <type>",
          "destroy resources of a type without exit code 5; may be given again",
        )
          .default([], "none")
          .argParser(collectType),
      )
      .addOption(
        new Option(
          "--full-report-url <url>",
          "where the whole report is, for a comment that is too long",
        ).argParser(addressOf),
      ),
    { script: "review", closingHelp, stdout, stderr },
  );
}

const closingHelp = `
Under GitHub Actions it prints annotations too, and adds the report to the summary of the step.

Exit codes, the first that holds for any stack:
  1  wrong arguments, or a stack that could not be compared; the report says why
  3  a mandatory policy is violated after the change
  5  something that holds data or traffic would be destroyed, and its type is not allowed
  0  none of these

Examples:
  npm run review -- --against origin/main
  npm run review -- prod --against v1.4.0 --output review
  npm run review -- --against main --allow-destruction aws:ecs/service:Service

docs/review.md says how to read it and what a comparison without AWS cannot know.`;
