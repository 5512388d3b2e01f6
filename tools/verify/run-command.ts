import { execFile, type ExecFileException } from "node:child_process";
import type { Environment } from "../preview/screen";
import { quoted } from "../preview/quoted";
import { VerifyError } from "./verify-error";

/** Milliseconds that one question may take; the AWS CLI tries a few times by itself. */
const PATIENCE = 60_000;

/** Runs a program and gives what it writes to its standard output. */
export type RunCommand = (program: string, args: readonly string[]) => Promise<string>;

/**
 * Runs programs that are looked for on the PATH of an environment.
 *
 * @param say gets each command as a person would type it, before it runs
 * @returns a function that throws a VerifyError where a program is missing, fails, or does not answer
 */
export function commandRunner(environment: Environment, say: (line: string) => void): RunCommand {
  return (program, args) => {
    const line = [program, ...args].map(quoted).join(" ");
    say(`$ ${line}\n`);
    return new Promise((resolve, reject) => {
      execFile(
        program,
        [...args],
        { env: { ...environment }, timeout: PATIENCE, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) => {
          if (error === null) {
            resolve(stdout);
          } else {
            reject(new VerifyError(`${line}\n${reasonOf(error, stderr)}`));
          }
        },
      );
    });
  };
}

function reasonOf(error: ExecFileException, stderr: string): string {
  if (error.code === "ENOENT") return "the program is not on the PATH; install it";
  if (typeof error.code === "string") {
    return `the program cannot be run (${error.code}); run the command by itself to see why`;
  }
  if (error.killed === true) return `no answer within ${String(PATIENCE / 1000)} s`;
  const said = stderr.trim();
  if (said !== "") return said;
  const how =
    typeof error.code === "number"
      ? `with exit code ${String(error.code)}`
      : `by ${String(error.signal)}`;
  return `ended ${how} and said nothing; run the command by itself to see why`;
}
