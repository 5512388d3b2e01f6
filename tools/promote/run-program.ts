import { spawn } from "node:child_process";
import type { Environment, Stream } from "../preview/screen";

/** A run of a program. */
interface ProgramRun {
  /** Found on the PATH of the environment. */
  readonly program: string;
  readonly args: readonly string[];
  /** Standard input. */
  readonly input: string;
  readonly directory: string;
  readonly environment: Environment;
}

/** How a program ended. */
export interface Ended {
  /** Undefined where a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; shows what it prints as it goes where there are streams for it. */
export type Execute = (
  run: ProgramRun,
  shown?: { readonly stdout: Stream; readonly stderr: Stream },
) => Promise<Ended>;

/** Runs a program of this machine. An interrupt ends the program, and this process cleans up behind it. */
export const runProgram: Execute = (
  { program, args, input, directory, environment },
  shown,
): Promise<Ended> => {
  const child = spawn(program, args, {
    cwd: directory,
    env: environment,
    // The launchers of npm and Python are batch files there.
    shell: process.platform === "win32",
  });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      printed[name] += text;
      shown?.[name].write(text);
    });
  }
  // Most programs end without reading, and a write to one that has ended fails.
  child.stdin.on("error", () => undefined).end(input);
  const ignore = () => undefined;
  const passOn = () => child.kill("SIGTERM");
  process.on("SIGINT", ignore).on("SIGTERM", passOn);
  return new Promise<Ended>((ended, failed) => {
    child.once("error", failed);
    child.once("close", (code) => {
      ended({ code: code ?? undefined, ...printed });
    });
  }).finally(() => {
    process.off("SIGINT", ignore).off("SIGTERM", passOn);
  });
};
