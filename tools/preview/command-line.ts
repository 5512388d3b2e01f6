import { type Command, CommanderError } from "commander";
import { screenOf, type Stream } from "./screen";

/** What belongs to every command of this project's scripts besides its own options. */
interface Script {
  /** Name in package.json. */
  readonly script: string;
  /** Exit codes and examples. */
  readonly closingHelp: string;
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/** Gives a command the options that all have, and lets it write to the given streams only. */
export function completeCommand(
  command: Command,
  { script, closingHelp, stdout, stderr }: Script,
): Command {
  return command
    .option("--no-color", "plain text, as NO_COLOR=1; FORCE_COLOR=1 colours a pipe too")
    .helpOption("-h, --help", "show this text")
    .addHelpText("after", closingHelp)
    .showHelpAfterError(`run \`npm run ${script} -- --help\` for the usage`)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => screenOf(stdout, {}, false).columns ?? 80,
    });
}

/** Parses the arguments; gives the exit code where the command ends with that, after help or a mistake. */
export function parseArguments(command: Command, args: readonly string[]): 0 | 1 | undefined {
  try {
    command.parse(args, { from: "user" });
    return undefined;
  } catch (error) {
    // The text is written by then: help, or what is wrong with the arguments.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    throw error;
  }
}
