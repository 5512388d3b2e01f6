import { renderFailure } from "../preview/failure";
import { runOwnProcess } from "../preview/own-process";
import { recordStacks } from "./record-stacks";
import { writeSides } from "./side-format";

/**
 * Records a side of a comparison for another process, which runs this file in a checkout of its own:
 * `node tools/compare/start.cjs <label> <stack...>` writes the stacks to the standard output.
 */
export function main(): Promise<void> {
  return runOwnProcess(async (stdout) => {
    const [label = "", ...stacks] = process.argv.slice(2);
    try {
      stdout.write(writeSides(await recordStacks(process.cwd(), stacks, label)));
      return 0;
    } catch (error) {
      process.stderr.write(renderFailure(error));
      return 1;
    }
  });
}
