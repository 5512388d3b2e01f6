import { Command } from "commander";
import type * as JudgeModule from "../policy/judge-stack";
import { exitCodeOf, type Verdict } from "../policy/verdict";
import { completeCommand, parseArguments } from "./command-line";
import { renderFailure } from "./failure";
import { runOwnProcess } from "./own-process";
import type { ResourceGraph } from "./graph";
import { renderJson } from "./json";
import type * as PreviewModule from "./preview";
import { renderReport } from "./report";
import { screenOf } from "./screen";
import type { Environment, Stream } from "./screen";
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
}

interface Options {
  readonly json?: true;
  readonly color: boolean;
}

/** Runs the command; gives its exit code: 0, 1 for an error, 3 for a violated mandatory policy. */
export async function run(args: readonly string[], around: Surroundings): Promise<0 | 1 | 3> {
  const command = commandFor(around);
  const ended = parseArguments(command, args);
  if (ended !== undefined) return ended;
  const [stack = ""] = command.processedArgs as string[];
  const { json, color } = command.opts<Options>();
  const { directory, environment, stdout, stderr } = around;
  try {
    const preview = await around.preview(directory, loadStackFiles(directory, stack));
    const verdict = await around.judge(preview.graph);
    const screen = screenOf(stdout, environment, color);
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
      .option("--json", "write the whole resource graph as JSON"),
    { script: "preview", closingHelp, stdout, stderr },
  );
}

const closingHelp = `
Exit codes:
  0  the program ran with this configuration, and no mandatory policy is violated
  1  wrong arguments, wrong configuration or a fault in the program; stderr says which
  3  a mandatory policy is violated; the preview says which

Examples:
  npm run preview                                          the dev stack
  npm run preview -- prod                                  the prod stack
  npm run --silent preview -- prod --json > preview.json   for other programs

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
    }),
  );
}
