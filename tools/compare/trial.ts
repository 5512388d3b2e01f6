import { RecordingError } from "../preview/recording-faults";
import type { StackFiles } from "../preview/stack-files";
import type { DeployedSide } from "./record-side";
import { recordDeployed } from "./record-side";

/** What the program does with a configuration: what it declares, or why it refuses. */
export type Trial = DeployedSide | { readonly refusal: string };

/**
 * Tries configurations, each once however often it is asked for.
 *
 * @param directory of the project, which has to be the working directory
 */
export class Trials {
  private readonly known = new Map<string, Trial>();

  constructor(private readonly directory: string) {}

  async record(files: StackFiles): Promise<Trial> {
    const key = JSON.stringify([files.stack, Object.entries(files.config).sort(byKey)]);
    const trial = this.known.get(key) ?? (await recordTrial(this.directory, files));
    this.known.set(key, trial);
    return trial;
  }
}

const byKey = ([one]: readonly [string, string], [other]: readonly [string, string]): number =>
  one < other ? -1 : 1;

/** In one made-up account, which is enough to compare it with other trials. */
async function recordTrial(directory: string, files: StackFiles): Promise<Trial> {
  try {
    const { graph, secretInputs } = await recordDeployed(directory, files, 0);
    return { graph, ...(secretInputs !== undefined && { secretInputs }) };
  } catch (error) {
    if (error instanceof RecordingError) return { refusal: error.message };
    throw error;
  }
}
