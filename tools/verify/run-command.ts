import { execFile } from "node:child_process";
import type { Environment } from "../preview/screen";
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

function reasonOf(error: Error & { code?: unknown; killed?: boolean }, stderr: string): string {
  if (error.code === "ENOENT") return "the program is not on the PATH; install it";
  if (error.killed === true) return `no answer within ${String(PATIENCE / 1000)} s`;
  const said = stderr.trim();
  return said === "" ? `ended with exit code ${String(error.code)} and said nothing` : said;
}

/** As a POSIX shell reads it back. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
