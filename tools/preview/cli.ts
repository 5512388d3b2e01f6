import { Command, Option } from "commander";
import type * as CompareModule from "../compare/compare-command";
import type {
  ComparisonExitCode,
  ComparisonRequest,
  Counterpart,
} from "../compare/compare-command";
import type * as JudgeModule from "../policy/judge-stack";
import { exitCodeOf, type Verdict } from "../policy/verdict";
import { completeCommand, parseArguments } from "./command-line";
import { renderFailure } from "./failure";
import { runOwnProcess } from "./own-process";
import type { ResourceGraph } from "./graph";
import type * as JsonModule from "./json";
import type * as PreviewModule from "./preview";
import type * as ReportModule from "./report";
import { screenOf } from "./screen";
import type { Environment, Screen, Stream } from "./screen";
import { listStacks, loadStackFiles } from "./stack-files";
import type { StackFiles } from "./stack-files";

/** What the command needs of the world around it. */
export interface Surroundings {
  /** Folder of the project. */
  readonly directory: string;
  readonly environment: Environment;
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Seconds since the command was started. */
  readonly elapsed: () => number;
  /** Runs the program of the project with a stack's configuration. */
  readonly preview: (directory: string, files: StackFiles) => Promise<PreviewModule.Preview>;
  /** Judges the graph with the policy pack. */
  readonly judge: (graph: ResourceGraph) => Promise<Verdict>;
  /** Compares a stack and shows what differs. */
  readonly compare: (request: ComparisonRequest, screen: Screen) => Promise<ComparisonExitCode>;
}

interface Options {
  readonly json?: true;
  readonly color: boolean;
  readonly against?: string;
  readonly againstStack?: string;
  readonly allowDestruction: readonly string[];
  readonly expectNoChanges?: true;
}

/** Runs the command; gives its exit code, as the help names them. */
export async function run(
  args: readonly string[],
  around: Surroundings,
): Promise<ComparisonExitCode> {
  const command = commandFor(around);
  const ended = parseArguments(command, args);
  if (ended !== undefined) return ended;
  const [stack = ""] = command.processedArgs as string[];
  const options = command.opts<Options>();
  const { json, color, allowDestruction } = options;
  const { directory, environment, stdout, stderr } = around;
  const against = counterpartOf(options);
  const fault = optionFault(options, against);
  if (fault !== undefined) {
    stderr.write(`error: ${fault}\n`);
    return 1;
  }
  try {
    if (against !== undefined) {
      const expectNoChanges = options.expectNoChanges === true;
      const shown = { json: json === true, expectNoChanges, allowDestruction };
      const request = { directory, stack, against, ...shown };
      return await around.compare(request, screenOf(stdout, environment, color));
    }
    const preview = await around.preview(directory, loadStackFiles(directory, stack));
    const verdict = await around.judge(preview.graph);
    const screen = screenOf(stdout, environment, color);
    const { renderJson, renderReport } = renderers();
    stdout.write(
      json === true
        ? renderJson(preview, verdict)
        : renderReport(preview, verdict, around.elapsed(), screen),
    );
    return exitCodeOf(verdict);
  } catch (error) {
    stderr.write(renderFailure(error));
    return 1;
  }
}

/** They price with the policy pack's own code, which loads the Pulumi SDK: not for help, faults and comparisons. */
function renderers(): Pick<typeof JsonModule & typeof ReportModule, "renderJson" | "renderReport"> {
  /* eslint-disable @typescript-eslint/no-require-imports -- import() would need an ESM loader */
  const { renderJson } = require("./json") as typeof JsonModule;
  const { renderReport } = require("./report") as typeof ReportModule;
  /* eslint-enable @typescript-eslint/no-require-imports */
  return { renderJson, renderReport };
}

/** What is wrong with how the options stand together. */
function optionFault(
  { allowDestruction, expectNoChanges }: Options,
  against: Counterpart | undefined,
): string | undefined {
  if (allowDestruction.length > 0 && against?.kind !== "ref") {
    return "--allow-destruction is for what changes since a ref; add --against <ref>";
  }
  return expectNoChanges === true && against === undefined
    ? "--expect-no-changes needs something to compare with; add --against <ref> or --against-stack <stack>"
    : undefined;
}

function counterpartOf({ against, againstStack }: Options): Counterpart | undefined {
  if (against !== undefined) return { kind: "ref", ref: against };
  return againstStack === undefined ? undefined : { kind: "stack", stack: againstStack };
}

function commandFor({ directory, stdout, stderr }: Surroundings): Command {
  const stacks = listStacks(directory).join(", ") || "none, as it has no project";
  return completeCommand(
    new Command("npm run preview --")
      .usage("[stack] [options]")
      .description(
        "Runs the Pulumi program as `pulumi preview` would for a stack that is not deployed yet and " +
          "shows its resources, its outputs, its capacity plan and what the policy pack says of it. " +
          "Needs no Pulumi CLI, no AWS account, no network and no passphrase.",
      )
      .argument("[stack]", `stack to preview, here: ${stacks}`, "dev")
      .option("--json", "write the whole resource graph, or the comparison, as JSON")
      .addOption(
        new Option(
          "--against <ref>",
          "show what the working tree changes since it left a branch, tag or commit",
        ).conflicts("againstStack"),
      )
      .option("--against-stack <stack>", "show how the stack differs from another one, and why")
      .addOption(
        new Option(
          "--allow-destruction <type>",
          "destroy resources of a type without exit code 5; may be given again",
        )
          .default([], "none")
          .argParser((type, earlier: readonly string[]) => [...earlier, type]),
      )
      .option("--expect-no-changes", "end with 2 where anything would change"),
    { script: "preview", closingHelp, stdout, stderr },
  );
}

const closingHelp = `
Exit codes:
  0  the program ran with this configuration, and no mandatory policy is violated
  1  wrong arguments, wrong configuration or a fault in the program; stderr says which
  3  a mandatory policy is violated; the preview says which
Of a comparison also, where 3 does not hold:
  5  something that holds data or traffic would be destroyed, and its type is not allowed
  2  anything would change, with --expect-no-changes

Examples:
  npm run preview                                          the dev stack
  npm run preview -- prod                                  the prod stack
  npm run --silent preview -- prod --json > preview.json   for other programs
  npm run preview -- prod --against main                   what this branch changes in prod
  npm run preview -- prod --against-stack dev              what prod has that dev has not, and why

docs/preview.md says what a preview without AWS cannot know.`;

/** Runs the command in this process, which it ends. */
export function main(): Promise<void> {
  return runOwnProcess((stdout) =>
    run(process.argv.slice(2), {
      directory: process.cwd(),
      environment: process.env,
      stdout,
      stderr: process.stderr,
      elapsed: () => performance.now() / 1000,
      preview: (directory, files) => {
        // The Pulumi SDK takes half a second to load: help and faults of the stack files come without it.
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would need an ESM loader
        const { previewInOwnProcess } = require("./preview") as typeof PreviewModule;
        return previewInOwnProcess(directory, files);
      },
      judge: (graph) => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
        const { judgeStack } = require("../policy/judge-stack") as typeof JudgeModule;
        return judgeStack(graph);
      },
      compare: async (request, screen) => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
        const compared = require("../compare/compare-command") as typeof CompareModule;
        const { stderr } = process;
        const review = await compared.compareStack(request, (line) => stderr.write(`${line}\n`));
        return compared.showComparison(review, request, { stdout, stderr, screen });
      },
    }),
  );
}
