import { Command, Option } from "commander";
import type { PackConfig } from "../../policies/pack-config";
import { PackConfigError } from "../../policies/pack-config";
import { completeCommand, parseArguments } from "../preview/command-line";
import { renderFailure } from "../preview/failure";
import type { ResourceGraph } from "../preview/graph";
import { screenOf } from "../preview/screen";
import type { Environment, Screen, Stream } from "../preview/screen";
import { listStacks } from "../preview/stack-files";
import { checkSameStack, readEarlierFile } from "./earlier-file";
import { readGraphFile } from "./graph-file";
import { InputFileError, readJsonFile } from "./json-file";
import { renderJson } from "./render-json";
import { renderJunit } from "./render-junit";
import { renderSarif } from "./render-sarif";
import { renderText } from "./render-text";
import { type DeployedStack, readStateFile } from "./state-file";
import { exitCodeOf, type Verdict } from "./verdict";

/** What the command needs of the world around it. */
export interface Surroundings {
  /** Folder of the project. */
  readonly directory: string;
  readonly environment: Environment;
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** The graph that the program of the project declares for a stack. */
  readonly record: (directory: string, stack: string) => Promise<ResourceGraph>;
  /** Folder of the project in its repository, with a slash at its end; empty for the root and outside of one. */
  readonly prefixIn: (directory: string) => Promise<string>;
  /** Reads a configuration of the pack, by the limits of an environment. */
  readonly configure: (value: unknown, environment: string) => PackConfig;
  readonly judge: (
    graph: ResourceGraph,
    configured: PackConfig,
    deployed: boolean,
    before?: ResourceGraph,
  ) => Promise<Verdict>;
}

const RENDERERS: Readonly<
  Record<string, (verdict: Verdict, screen: Screen, prefix: string) => string>
> = {
  text: renderText,
  json: renderJson,
  sarif: (verdict, _, prefix) => renderSarif(verdict, { prefix }),
  junit: renderJunit,
};

interface Options {
  readonly graph?: string;
  readonly state?: string;
  readonly against?: string;
  readonly format: string;
  readonly policyPackConfig?: string;
  readonly color: boolean;
}

/** Runs the command; gives its exit code: 0, 1 for an error, 3 for a mandatory violation. */
export async function run(args: readonly string[], around: Surroundings): Promise<0 | 1 | 3> {
  const command = commandFor(around);
  const ended = parseArguments(command, args);
  if (ended !== undefined) return ended;
  const options = command.opts<Options>();
  const { environment, stdout, stderr } = around;
  try {
    const verdict = await verdictOn(
      command.processedArgs[0] as string | undefined,
      options,
      around,
    );
    const screen = screenOf(stdout, environment, options.color);
    const prefix = options.format === "sarif" ? await around.prefixIn(around.directory) : "";
    stdout.write(RENDERERS[options.format]?.(verdict, screen, prefix) ?? "");
    return exitCodeOf(verdict);
  } catch (error) {
    stderr.write(renderError(error));
    return 1;
  }
}

async function verdictOn(
  stack: string | undefined,
  { graph, state, against, policyPackConfig }: Options,
  around: Surroundings,
): Promise<Verdict> {
  const sources = [stack, graph, state].filter((source) => source !== undefined);
  if (sources.length > 1) {
    throw new InputFileError("arguments", [
      "got more than one of a stack, --graph and --state; pass one of them",
    ]);
  }
  const settings = policyPackConfig === undefined ? {} : readJsonFile(policyPackConfig);
  // Read before the program runs, so that a wrong file is told at once.
  const before =
    against === undefined ? undefined : noted(against, readEarlierFile(against), around);
  let judged: ResourceGraph;
  if (state !== undefined) {
    judged = noted(state, readStateFile(state), around);
  } else {
    judged =
      graph === undefined
        ? await around.record(around.directory, stack ?? "dev")
        : readGraphFile(graph);
  }
  if (against !== undefined && before !== undefined) {
    checkSameStack(against, before, judged);
  }
  try {
    const configured = around.configure(settings, judged.stack);
    return await around.judge(judged, configured, state !== undefined, before);
  } catch (error) {
    throw error instanceof PackConfigError && policyPackConfig !== undefined
      ? new InputFileError(policyPackConfig, error.faults)
      : error;
  }
}

/** The graph of a state; what of the state is not in it goes to stderr. */
function noted(
  file: string,
  { graph, notes }: DeployedStack,
  { stderr }: Surroundings,
): ResourceGraph {
  for (const note of notes) {
    stderr.write(`note: ${file}: ${note}\n`);
  }
  return graph;
}

function renderError(error: unknown): string {
  if (error instanceof InputFileError) {
    return error.message.replace(/^/gm, "error: ").concat("\n");
  }
  return renderFailure(error);
}

function commandFor({ directory, stdout, stderr }: Surroundings): Command {
  const stacks = listStacks(directory).join(", ") || "none";
  return completeCommand(
    new Command("npm run policy --")
      .usage("[stack] [options]")
      .description(
        "Judges a stack with the policy pack, as `pulumi preview --policy-pack policies` does: what " +
          "the program declares, a graph that a preview wrote, or what is deployed. Needs no Pulumi " +
          "CLI, no AWS account and no network.",
      )
      .argument("[stack]", `stack whose program is judged, here: ${stacks} (default: "dev")`)
      .option("--graph <file>", "judge what `npm run preview -- --json` wrote")
      .option("--state <file>", "judge what `pulumi stack export` wrote")
      .option(
        "--against <file>",
        "judge the size of the change too: what `pulumi stack export` or `npm run preview -- --json` wrote before it",
      )
      .addOption(
        new Option("--format <format>", "how to report")
          .choices(Object.keys(RENDERERS))
          .default("text"),
      )
      .option(
        "--policy-pack-config <file>",
        "levels and limits as JSON, as the Pulumi CLI takes them",
      ),
    { script: "policy", closingHelp, stdout, stderr },
  );
}

const closingHelp = `
Exit codes:
  0  no mandatory policy is violated
  1  wrong arguments, wrong input or a fault in the program; stderr says which
  3  a mandatory policy is violated

Examples:
  npm run policy -- prod
  npm run --silent policy -- prod --format sarif > prod.sarif
  pulumi stack export | npm run policy -- --state /dev/stdin
  pulumi stack export --stack prod | npm run policy -- prod --against /dev/stdin`;
