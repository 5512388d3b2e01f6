import { renderFailure } from "../preview/failure";
import { refuseLateDeclarations } from "../preview/late-declarations";
import { recordStacks } from "./record-stacks";
import { writeSides } from "./side-format";

/** What the tools of another commit take. */
export interface RecordedText {
  /** The stacks as readSides() reads them. */
  readonly text: string;
  /** False where the program is not done: in a process that goes on, what it still does would be another's. */
  readonly isQuiet: boolean;
}

/**
 * Records a side of a comparison for the tools of another commit, which call it in their own process or
 * start it in one of its own: it takes and gives plain data.
 *
 * @param directory of the project, which has to be the working directory
 * @param label what a person calls the side
 * @throws Error whose message is for a person, where nothing can be recorded
 * @public loaded at run time, by the tools of other commits too
 */
export async function recordText(
  directory: string,
  stacks: readonly string[],
  label: string,
): Promise<RecordedText> {
  try {
    const recorded = await recordStacks(directory, stacks, label);
    const isQuiet = await refuseLateDeclarations();
    return { text: writeSides(recorded), isQuiet };
  } catch (error) {
    throw new Error(renderFailure(error), { cause: error });
  }
}
