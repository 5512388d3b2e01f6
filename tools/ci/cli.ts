import { constants } from "node:os";
import { Command, Option } from "commander";
import { completeCommand, parseArguments } from "../preview/command-line";
import { hint } from "../preview/hint";
import { type Environment, heading, type Screen, screenOf, type Stream } from "../preview/screen";
import { isOnGitHub } from "../review/github-job";
import { workflowCommand } from "../review/workflow-commands";
import { findBase } from "./base";
import type { Git } from "./git";
import { duration, isGood, type Outcome, renderOutcomes, resultOf, worstOf } from "./outcome";
import type { Ended } from "./run-command";
import { commandOf, npmArguments, type Step, stepsOf } from "./steps";

/** What the command needs of the world around it. */
export interface Surroundings {
  readonly environment: Environment;
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly stacks: readonly string[];
  /** Stacks of the program in bootstrap/. */
  readonly accounts: readonly string[];
  /** Names of the scripts in package.json. */
  readonly scripts: readonly string[];
  readonly git: Git;
  /** Runs npm with its output on this process's own. */
  readonly runNpm: (args: readonly string[]) => Promise<Ended>;
  /** Seconds since any fixed moment. */
  readonly seconds: () => number;
}

interface Options {
  readonly against?: string;
  readonly only: readonly string[];
  readonly output?: string;
  readonly failFast?: true;
  readonly list?: true;
  readonly color: boolean;
}

/** Runs the command; gives its exit code: that of the worst step, or that of a shell after a signal. */
export async function run(args: readonly string[], around: Surroundings): Promise<number> {
  const command = commandFor(around);
  const ended = parseArguments(command, args);
  if (ended !== undefined) return ended;
  const options = command.opts<Options>();
  const { environment, stdout, stderr, stacks, accounts, scripts, git } = around;
  const base = findBase(options.against, environment, git);
  const all = stepsOf({
    ...{ stacks, accounts, scripts, base, output: options.output },
    fullReportUrl: runUrlOf(environment),
  });
  const unknown = options.only.filter((name) => !all.some((step) => step.name === name));
  if (unknown.length > 0) {
    const names = namesOf(all);
    for (const name of unknown) {
      stderr.write(`error: '${name}' is no step: ${names.join(", ")}${hint(name, names)}\n`);
    }
    return 1;
  }
  const steps = all.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  const screen = screenOf(stdout, environment, options.color);
  if (options.list === true) {
    stdout.write(steps.map((step) => renderStep(step, screen)).join(""));
    return 0;
  }
  return runAll(steps, options.failFast === true, screen, around);
}

/** Address of the run under GitHub Actions, which shows the summary and keeps the artifacts; undefined elsewhere. */
function runUrlOf(environment: Environment): string | undefined {
  const {
    GITHUB_SERVER_URL: server = "",
    GITHUB_REPOSITORY: repository = "",
    GITHUB_RUN_ID: id = "",
  } = environment;
  const isKnown = isOnGitHub(environment) && ![server, repository, id].includes("");
  return isKnown ? `${server}/${repository}/actions/runs/${id}` : undefined;
}

async function runAll(
  steps: readonly Step[],
  failFast: boolean,
  screen: Screen,
  around: Surroundings,
): Promise<number> {
  const { stdout, stderr } = around;
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    const { outcome, interrupted } = await runStep(step, screen, around);
    outcomes.push(outcome);
    if (interrupted !== undefined) {
      stdout.write(renderOutcomes(outcomes, screen));
      stderr.write(`error: interrupted by ${interrupted.signal} in step '${step.title}'\n`);
      return interrupted.code;
    }
    if (failFast && !isGood(outcome)) break;
  }
  const left = steps.slice(outcomes.length).map((step): Outcome => ({
    ...{ step, kind: "idle", failed: false },
    why: "an earlier step failed, and --fail-fast was given",
  }));
  stdout.write(renderOutcomes([...outcomes, ...left], screen));
  return worstOf(outcomes);
}

interface StepRun {
  readonly outcome: Outcome;
  readonly interrupted: { readonly signal: NodeJS.Signals; readonly code: number } | undefined;
}

async function runStep(step: Step, screen: Screen, around: Surroundings): Promise<StepRun> {
  const { environment, stdout, runNpm, seconds } = around;
  const grouped = isOnGitHub(environment);
  if (step.idle !== undefined) {
    const outcome: Outcome = { step, kind: "idle", ...step.idle };
    stdout.write(renderStep(step, screen));
    return { outcome, interrupted: undefined };
  }
  stdout.write(grouped ? workflowCommand("group", {}, step.title) : "");
  stdout.write(renderStep(step, screen));
  const start = seconds();
  const ended = await runNpm(npmArguments(step)).catch((error: unknown) => notStarted(error));
  const spent = seconds() - start;
  const outcome: Outcome =
    "code" in ended
      ? { step, kind: "ran", code: ended.code, seconds: spent }
      : { step, kind: "idle", ...ended };
  stdout.write(grouped ? workflowCommand("endgroup", {}, "") : "");
  const paint = isGood(outcome) ? screen.colors.green : screen.colors.red;
  stdout.write(`${step.title}: ${paint(resultOf(outcome))} after ${duration(spent)}\n`);
  const signal = "interruptedBy" in ended ? ended.interruptedBy : undefined;
  const interrupted =
    signal === undefined ? undefined : { signal, code: 128 + constants.signals[signal] };
  return { outcome, interrupted };
}

function notStarted(error: unknown): NonNullable<Step["idle"]> {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return { why: `npm cannot be started (${code})`, failed: true };
}

/** What a step looks at, and its command or why there is none. */
function renderStep(step: Step, screen: Screen): string {
  const { idle } = step;
  const what =
    idle === undefined
      ? commandOf(step)
      : `${idle.failed ? "could not run" : "not run"}: ${idle.why}`;
  return `\n${heading(`${step.title}:`, screen)} ${step.purpose}\n    ${what}\n`;
}

function namesOf(steps: readonly Step[]): string[] {
  return [...new Set(steps.map(({ name }) => name))];
}

function collect(text: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, text];
}

function commandFor({ stdout, stderr }: Surroundings): Command {
  return completeCommand(
    new Command("npm run ci --")
      .usage("[options]")
      .description(
        "Runs what continuous integration runs on a pull request, one step after the other, with the same " +
          "commands and the same result. Needs no AWS account and no secret.",
      )
      .option(
        "--against <ref>",
        "what the review compares with (default: the base of the pull request, else the default branch)",
      )
      .option("--output <folder>", "write the files of the review to a folder")
      .addOption(
        new Option("--only <step>", "run this step only; may be given again")
          .default([], "all")
          .argParser(collect),
      )
      .option("--fail-fast", "end after the first step that fails")
      .option("--list", "show the steps and their commands, and run none"),
    { script: "ci", closingHelp, stdout, stderr },
  );
}

const closingHelp = `
Exit codes, the first that any step ends with:
  1  a step failed or could not run
  3  a mandatory policy is violated
  5  the change destroys what holds data or traffic, and nobody allowed it
  0  none of these

Examples:
  npm run ci                         before a push
  npm run ci -- --list               what it would run
  npm run ci -- --only review        what the change does, against the default branch
  npm run ci -- --against v1.4.0     what changed since a release`;
