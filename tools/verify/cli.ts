import { Command, InvalidArgumentError } from "commander";
import { completeCommand, parseArguments } from "../preview/command-line";
import { type Environment, type Screen, screenOf, type Stream } from "../preview/screen";
import { listStacks } from "../preview/stack-files";
import { ask } from "./ask";
import { type Check, checkFault } from "./checks";
import { getStatus } from "./get-status";
import { commandRunner } from "./run-command";
import { readStackOutputs } from "./stack-outputs";
import { VerifyError } from "./verify-error";
import { type Verification, verifyStack } from "./verify-stack";
import { patienceOf } from "./wait";

/** What the command needs of the world around it. */
export interface Surroundings {
  /** Folder of the project. */
  readonly directory: string;
  /** Its PATH has the Pulumi CLI and the AWS CLI. */
  readonly environment: Environment;
  readonly stdout: Stream;
  readonly stderr: Stream;
}

interface Options {
  readonly deadline: number;
  readonly interval: number;
  readonly path: string;
  readonly color: boolean;
}

/** Service events that a failure shows. */
const EVENTS = 10;

/** Runs the command; gives its exit code: 0 where everything holds, otherwise 1. */
export async function run(args: readonly string[], around: Surroundings): Promise<0 | 1> {
  const { environment, stdout, stderr } = around;
  const command = commandFor(around);
  const ended = parseArguments(command, args);
  if (ended !== undefined) return ended;
  const options = command.opts<Options>();
  const stack = command.processedArgs[0] as string;
  const screen = screenOf(stdout, environment, options.color);
  const runCommand = commandRunner(environment, (line) => stdout.write(screen.colors.dim(line)));
  const patience = patienceOf(options.deadline, options.interval);
  const onLook = (checks: readonly Check[]): void => {
    const open = checks.filter(({ result }) => result !== "holds");
    stdout.write(renderChecks(open, screen));
  };
  try {
    const deployed = await ask(
      () => readStackOutputs(runCommand, stack),
      patience,
      (fault) => {
        onLook([checkFault(fault.message)]);
      },
    );
    const verification = await verifyStack(deployed, options.path, {
      run: runCommand,
      get: getStatus,
      patience,
      onLook,
    });
    stdout.write(renderVerification(verification, stack, screen));
    return verification.holds ? 0 : 1;
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    stderr.write(`error: ${error.message.replaceAll("\n", "\n  ")}\n`);
    return 1;
  }
}

function commandFor({ directory, stdout, stderr }: Surroundings): Command {
  const stacks = listStacks(directory).join(", ") || "none, as it has no project";
  return completeCommand(new Command("npm run verify --"), {
    script: "verify",
    closingHelp: CLOSING_HELP,
    stdout,
    stderr,
  })
    .usage("<stack> [options]")
    .description(
      "Looks whether a deployed stack is well: the revision that was deployed runs, its rollout is complete, " +
        "its tasks are healthy, and the application answers. Changes nothing.",
    )
    .argument("<stack>", `stack that is deployed; this project has: ${stacks}`)
    .option("--deadline <seconds>", "how long to wait for what may still come right", seconds, 600)
    .option("--interval <seconds>", "how long to wait between two looks", seconds, 10)
    .option("--path <path>", "path that answers 200 when the application is ready", "/readyz");
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError("expected a number of seconds, 0 or more.");
  }
  return value;
}

const CLOSING_HELP = `
Needs the Pulumi CLI, logged in to where the state is, and the AWS CLI with credentials that may call
ecs:DescribeServices and elasticloadbalancing:DescribeTargetHealth. Each command it runs is printed.

Exit codes: 0 everything holds, 1 something does not, or could not be looked at.

Examples:
  npm run verify -- dev
  npm run verify -- prod --deadline 0     one look, without waiting
`;

function renderVerification(
  { checks, holds, events }: Verification,
  stack: string,
  screen: Screen,
): string {
  const { colors } = screen;
  if (holds) {
    return `${renderChecks(checks, screen)}${colors.green(`${stack} is well`)}\n`;
  }
  const last = events.slice(0, EVENTS).map(({ at, message }) => `  ${at} ${message}\n`);
  return [
    renderChecks(checks, screen),
    "\nlast events of the service, newest first:\n",
    last.length === 0 ? "  none\n" : last.join(""),
    `\n${colors.red(`${stack} is not well`)}\n`,
  ].join("");
}

const MARKS = { holds: "ok", waiting: "not yet", failed: "failed" } as const;

const renderChecks = (checks: readonly Check[], { colors }: Screen): string =>
  checks
    .map(({ title, result, found }) => {
      const paint = { holds: colors.green, waiting: colors.yellow, failed: colors.red }[result];
      return `${paint(MARKS[result].padEnd(7))}  ${title}: ${found}\n`;
    })
    .join("");
