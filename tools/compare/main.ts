import { runOwnProcess } from "../preview/own-process";
import { recordText } from "./recorder";

/**
 * Records a side of a comparison for another process, which runs this file in a checkout of its own:
 * `node tools/compare/start.cjs <label> <stack...>` writes the stacks to the standard output.
 */
export function main(): Promise<void> {
  return runOwnProcess(async (stdout) => {
    const [label = "", ...stacks] = process.argv.slice(2);
    try {
      const { text } = await recordText(process.cwd(), stacks, label);
      stdout.write(text);
      return 0;
    } catch (error) {
      process.stderr.write((error as Error).message);
      return 1;
    }
  });
}
