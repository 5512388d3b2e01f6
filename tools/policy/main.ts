import { changePolicies, policies } from "../../policies/pack";
import { readPackConfig } from "../../policies/pack-config";
import { prefixIn } from "../compare/git-base";
import { runOwnProcess } from "../preview/own-process";
import type * as ProgramModule from "../preview/program";
import { loadStackFiles } from "../preview/stack-files";
import { run } from "./cli";
import { judgeStack } from "./judge-stack";

/** Runs the command in this process, which it ends. */
export function main(): Promise<void> {
  return runOwnProcess((stdout) =>
    run(process.argv.slice(2), {
      directory: process.cwd(),
      environment: process.env,
      stdout,
      stderr: process.stderr,
      record: (directory, stack) => {
        const files = loadStackFiles(directory, stack);
        // Files are judged without the program and its packages.
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would need an ESM loader
        const { recordInOwnProcess } = require("../preview/program") as typeof ProgramModule;
        return recordInOwnProcess(directory, files);
      },
      configure: (value, environment) =>
        readPackConfig(value, environment, [...policies, ...changePolicies]),
      prefixIn,
      judge: judgeStack,
    }),
  );
}
