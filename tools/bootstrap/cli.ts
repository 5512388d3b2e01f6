import { Command } from "commander";
import { exitCodeOf, type Verdict } from "../policy/verdict";
import { completeCommand, parseArguments } from "../preview/command-line";
import { renderFailure } from "../preview/failure";
import type { ResourceGraph } from "../preview/graph";
import { renderGraphJson } from "../preview/json";
import { renderProgram } from "../preview/report";
import { type Environment, screenOf, type Stream } from "../preview/screen";
import { listStacks } from "../preview/stack-files";

/** What the command needs of the world around it. */
export interface Surroundings {
  /** Folder of the program, bootstrap/. */
  readonly directory: string;
  readonly environment: Environment;
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Seconds since the command was started. */
  readonly elapsed: () => number;
  /** The graph that the program declares for a stack. */
  readonly record: (directory: string, stack: string) => Promise<ResourceGraph>;
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
    const graph = await around.record(directory, stack);
    const verdict = await around.judge(graph);
    const screen = screenOf(stdout, environment, color);
    stdout.write(
      json === true
        ? renderGraphJson(graph, verdict)
        : renderProgram(graph, verdict, around.elapsed(), screen, {
            policyScript: "policy:bootstrap",
          }),
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
    new Command("npm run preview:bootstrap --")
      .usage("[stack] [options]")
      .description(
        "Runs the program in bootstrap/ as `pulumi preview` would for an account that has nothing of it " +
          "yet and shows its resources, its outputs, its cost and what the policy pack says of it. " +
          "Needs no Pulumi CLI, no AWS account, no network and no passphrase.",
      )
      .argument("[stack]", `account to preview, here: ${stacks}`, "dev")
      .option("--json", "write the whole resource graph as JSON"),
    { script: "preview:bootstrap", closingHelp, stdout, stderr },
  );
}

const closingHelp = `
Exit codes:
  0  the program ran with this configuration, and no mandatory policy is violated
  1  wrong arguments, wrong configuration or a fault in the program; stderr says which
  3  a mandatory policy is violated; the preview says which

docs/bootstrap.md says what each resource is for.`;
