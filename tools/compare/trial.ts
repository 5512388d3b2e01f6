import { RecordingError } from "../preview/recording-faults";
import type { StackFiles } from "../preview/stack-files";
import type { DeployedSide } from "./record-side";
import { recordDeployed } from "./record-side";

/** What the program does with a configuration: what it declares, or why it refuses. */
export type Trial = DeployedSide | { readonly refusal: string };

/** Tries a configuration in one made-up account, which is enough to compare it with other trials. */
export async function recordTrial(directory: string, files: StackFiles): Promise<Trial> {
  try {
    const { graph, secretInputs } = await recordDeployed(directory, files, 0);
    return { graph, ...(secretInputs !== undefined && { secretInputs }) };
  } catch (error) {
    if (error instanceof RecordingError) return { refusal: error.message };
    throw error;
  }
}
