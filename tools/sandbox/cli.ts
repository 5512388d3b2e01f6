import { dirname } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { completeCommand } from "../preview/command-line";
import { hint } from "../preview/hint";
import type { Environment, Stream } from "../preview/screen";
import { listStacks } from "../preview/stack-files";
import { StackFilesError } from "../preview/yaml-file";
import { refuseUnasked } from "./consent";
import { addDriftCommand } from "./drift-command";
import type { EngineCommand } from "./engine-commands";
import { ENGINE_COMMANDS } from "./engine-commands";
import { addFaultOptions, faultsOf } from "./fault-options";
import { foundAbove } from "./found-above";
import { DEFAULT_FOLDER } from "./sandbox-folder";
import { SandboxError } from "./sandbox-error";
import type { Session, SessionSettings, Use } from "./session";

/** What the command needs of the world around it. */
export interface Surroundings {
  /** Folder of the project. */
  readonly directory: string;
  readonly environment: Environment;
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** True at a terminal, where the CLI can ask a person. */
  readonly canAsk: boolean;
  readonly open: (settings: SessionSettings, use: Use) => Session;
}

interface Options {
  readonly dir: string;
  readonly config: readonly string[];
  readonly policies: boolean;
  readonly port: number;
  readonly yes?: true;
  readonly color: boolean;
}

/** Runs the command; gives its exit code, which is the CLI's own where that was started. */
export async function run(args: readonly string[], around: Surroundings): Promise<number> {
  const end = args.indexOf("--");
  const [own, after] = end < 0 ? [args, []] : [args.slice(0, end), args.slice(end + 1)];
  let code = 0;
  const command = commandFor(around, after, (ended) => {
    code = ended;
  });
  try {
    await command.parseAsync(own, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof SandboxError || error instanceof StackFilesError) {
      around.stderr.write(error.message.replace(/^(?!\s)/gm, "error: ").concat("\n"));
      return 1;
    }
    if (isHelpOrMistake(error)) {
      return error.exitCode === 0 ? 0 : 1;
    }
    throw error;
  }
}

/** Commander has written its text by then. */
/** File by which a folder is the pack. */
const POLICY_PACK = "policies/PulumiPolicy.yaml";

const isHelpOrMistake = (error: unknown): error is { exitCode: number } =>
  error instanceof Error && "exitCode" in error && "code" in error;

function commandFor(
  around: Surroundings,
  after: readonly string[],
  end: (code: number) => void,
): Command {
  const { directory, stdout, stderr } = around;
  const stacks = listStacks(directory).join(", ") || "none, as it has no project";
  const program = new Command("npm run sandbox --");
  const complete = (command: Command, help: string) =>
    completeCommand(command, { script: "sandbox", closingHelp: help, stdout, stderr });
  complete(program, closingHelp)
    .usage("<command> [stack] [options] [-- options of pulumi]")
    .description(
      "Runs the real Pulumi CLI with this program and its policy pack against a simulated AWS: no " +
        "account, no login, no network. Everything is kept in one folder of the project.",
    )
    .action(() => {
      const [word] = program.args;
      if (word === undefined) {
        return program.help({ error: true });
      }
      const names = program.commands.map((command) => command.name());
      throw new SandboxError(
        `'${word}' is no command of the sandbox: ${names.join(", ")}${hint(word, names)}`,
      );
    })
    .allowExcessArguments();
  for (const known of ENGINE_COMMANDS) {
    const command = complete(program.command(known.name), "")
      .description(known.summary)
      .usage("[stack] [options] [-- options of pulumi]")
      .argument("[stack]", `stack, here: ${stacks}`, "dev");
    addOptions(command, known).action(async (stack: string) => {
      end(await runEngine(known, stack, command, after, around));
    });
  }
  addDriftCommand(program, around, (command) => complete(command, ""));
  return program;
}

function addOptions(
  command: Command,
  { use, isJudged, readsConfig, asks }: EngineCommand,
): Command {
  command.option("--dir <folder>", "folder that everything is kept in", DEFAULT_FOLDER);
  if (asks) {
    command.option("-y, --yes", "ask nothing");
  }
  if (readsConfig) {
    command.addOption(
      new Option(
        "-c, --config <key=value>",
        "a value in place of the stack file's; may be repeated",
      )
        .default([], "none")
        .argParser((text: string, values: readonly string[]) => [...values, text]),
    );
  }
  if (isJudged) {
    command.option("--no-policies", "leave the policy pack out");
  }
  if (use.needsAws) {
    command.addOption(
      new Option("--port <number>", "port of the simulated AWS on this machine")
        .default(0, "a free one")
        .argParser(portNumber),
    );
    addFaultOptions(command);
  }
  return command;
}

async function runEngine(
  known: EngineCommand,
  stack: string,
  command: Command,
  after: readonly string[],
  { directory, environment, stderr, canAsk, open }: Surroundings,
): Promise<number> {
  // Commander gives an option that the command above has too to that one.
  const {
    dir,
    config = [],
    policies,
    port = 0,
    yes,
    color,
  } = command.optsWithGlobals<Partial<Options>>();
  refuseUnasked(known, stack, yes === true ? ["--yes"] : after, canAsk);
  const session = open(
    {
      ...{ directory, stack, environment, config, port },
      dir: dir ?? DEFAULT_FOLDER,
      faults: faultsOf(command),
      warn: (text) => stderr.write(`warning: ${text}\n`),
    },
    known.use,
  );
  return session.run([
    ...known.args(after),
    ...(known.name === "pulumi" ? after : []),
    ...["--stack", stack],
    ...(known.readsConfig ? ["--config-file", session.configFile] : []),
    ...(known.isJudged && policies !== false
      ? ["--policy-pack", dirname(foundAbove(directory, POLICY_PACK))]
      : []),
    ...(yes === true ? ["--yes"] : []),
    ...(color === false ? ["--color", "never"] : []),
    ...(known.name === "pulumi" ? [] : after),
  ]);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError("a port is a whole number from 0 to 65535");
  }
  return port;
}

const closingHelp = `
Exit codes are those of the CLI; 1 where it could not be started, and stderr says why.

Examples:
  npm run sandbox -- up                              deploy the dev stack
  npm run sandbox -- up dev -c minTasks=2 -- --diff  change it, and see every property
  npm run sandbox -- drift dev                       what can be changed behind Pulumi's back
  npm run sandbox -- refresh dev                     find what was changed
  npm run sandbox -- up dev --fail-create 7          AWS refuses the seventh creation
  npm run sandbox -- destroy dev --yes`;
