import { judgeStack } from "../policy/judge-stack";
import { runOwnProcess } from "../preview/own-process";
import { recordInOwnProcess } from "../preview/program";
import { loadStackFiles } from "../preview/stack-files";
import { run } from "./cli";

/** Runs the command in this process, which it ends. */
export function main(): Promise<void> {
  return runOwnProcess((stdout) =>
    run(process.argv.slice(2), {
      directory: process.cwd(),
      environment: process.env,
      stdout,
      stderr: process.stderr,
      elapsed: () => performance.now() / 1000,
      record: (directory, stack) => recordInOwnProcess(directory, loadStackFiles(directory, stack)),
      judge: judgeStack,
    }),
  );
}
