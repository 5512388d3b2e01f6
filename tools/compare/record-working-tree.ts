import { refuseLateDeclarations } from "../preview/late-declarations";
import { recordStacks } from "./record-stacks";
import type { RecordedStack } from "./side-format";

/** The working tree's side of a comparison. */
export interface RecordedWorkingTree {
  readonly stacks: readonly RecordedStack[];
  /** True where nothing of the program keeps the process alive, so that another program may run in it. */
  readonly isQuiet: boolean;
}

/**
 * Records stacks of the working tree, and waits for what its program leaves behind.
 *
 * @param directory of the project, which has to be the working directory of a process of its own
 * @param label what a person calls the side
 * @param meanwhile what else keeps the process alive
 * @throws RecordingError with what is declared or thrown after the program's end, else what `meanwhile` throws
 * @public loaded at run time
 */
export async function recordWorkingTree(
  directory: string,
  stacks: readonly string[],
  label: string,
  meanwhile?: Promise<unknown>,
): Promise<RecordedWorkingTree> {
  const recorded = await recordStacks(directory, stacks, label);
  const isQuiet = await refuseLateDeclarations(meanwhile);
  await meanwhile;
  return { stacks: recorded, isQuiet };
}
