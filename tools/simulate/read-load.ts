import type { ScalingModel } from "../../capacity/simulate/scaling-model";
import type { Progress } from "./progress";
import type { Numbers } from "./run-options";
import { loadTrace } from "./trace";
import type { Trace } from "./trace-file";
import { usualRun } from "./usual-run";

/**
 * The load that a command line asks for, with the progress of a long file told.
 *
 * @throws InputFileError with everything that is wrong with the trace
 */
export function readLoad(
  trace: string,
  { days, scale = usualRun.scale, peakTasks, seed = usualRun.seed }: Numbers,
  model: ScalingModel,
  progress: Progress,
): Promise<Trace> {
  const onProgress = (share: number): void => {
    progress.report("reading the trace", share);
  };
  return loadTrace(trace, { days, scale, peakTasks, seed, onProgress }, model);
}
