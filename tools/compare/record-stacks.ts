import { renderFailure } from "../preview/failure";
import { loadStackFiles } from "../preview/stack-files";
import { recordSide } from "./record-side";
import type { RecordedStack } from "./side-format";

/**
 * Records stacks of the program in `directory`, which has to be the working directory. A stack that
 * fails does not keep the others from being recorded. What the program leaves behind is for the caller
 * to wait for.
 *
 * @param label what a person calls the side
 */
export async function recordStacks(
  directory: string,
  stacks: readonly string[],
  label: string,
): Promise<readonly RecordedStack[]> {
  const recorded: RecordedStack[] = [];
  for (const stack of stacks) {
    recorded.push(await recordOne(directory, stack, label));
  }
  return recorded;
}

async function recordOne(directory: string, stack: string, label: string): Promise<RecordedStack> {
  try {
    return { stack, side: await recordSide(directory, loadStackFiles(directory, stack), label) };
  } catch (error) {
    return { stack, failure: renderFailure(error) };
  }
}
