import { renderFailure } from "../preview/failure";
import { refuseLateDeclarations } from "../preview/late-declarations";
import { recordStacks } from "./record-stacks";
import { writeSides } from "./side-format";

/**
 * Records a side of a comparison for the tools of another commit, which call it in their own process or
 * start it in one of its own: it takes and gives nothing but text.
 *
 * @param directory of the project, which has to be the working directory
 * @param label what a person calls the side
 * @returns the stacks as readSides() reads them
 * @throws Error whose message is for a person, where nothing can be recorded
 * @public loaded at run time, by the tools of other commits too
 */
export async function recordText(
  directory: string,
  stacks: readonly string[],
  label: string,
): Promise<string> {
  try {
    const recorded = await recordStacks(directory, stacks, label);
    await refuseLateDeclarations();
    return writeSides(recorded);
  } catch (error) {
    throw new Error(renderFailure(error), { cause: error });
  }
}
