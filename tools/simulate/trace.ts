import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadSeconds } from "../../capacity/simulate/load";
import type { ScalingModel } from "../../capacity/simulate/scaling-model";
import { InputFileError } from "../policy/json-file";
import { hint } from "../preview/hint";
import { firstDays, scaleLoad, scaleToTasks } from "./scale-load";
import { isShapeName, shapeLoad, USUAL_PEAK } from "./shape-load";
import { shapes } from "./shapes";
import { readTraceFile, type Trace } from "./trace-file";

export interface TraceOptions {
  /** Days to take; all of a file and the shape's own length where undefined. */
  readonly days: number | undefined;
  /** Factor on every step. */
  readonly scale: number;
  /** Tasks at their target that the peak needs, or undefined. */
  readonly peakTasks: number | undefined;
  readonly seed: number;
  readonly onProgress?: (share: number) => void;
}

/** Traces that come with the project; traces/NOTICE says whose they are. */
export const shippedTraces: Readonly<Record<string, { file: string; meaning: string }>> = {
  "elb-requests": {
    file: join(__dirname, "traces/elb_request_count_8c0756.csv"),
    meaning: "14 days of a load balancer, noisy",
  },
  "nyc-taxi": {
    file: join(__dirname, "traces/nyc_taxi.csv"),
    meaning: "215 days of taxi rides, a clean daily and weekly form with holidays",
  },
};

/**
 * The load that `--trace` names: a shape such as `flash-crowd:peak=4000,base=500`, a trace that comes with the
 * project, or a CSV file. A file's requests are taken as they are. A shape or a shipped trace is a form only: its
 * peak is what 80 % of the model's maxTasks serve at their target, if nothing else is said.
 *
 * @throws InputFileError with everything that is wrong with the argument or the file
 */
export async function loadTrace(
  argument: string,
  options: TraceOptions,
  model: ScalingModel,
): Promise<Trace> {
  const { days, scale, peakTasks } = options;
  const { load, notes, isForm } = await readTrace(argument, options, model);
  const cut = days === undefined ? load : firstDays(load, days);
  const tasks = peakTasks ?? (isForm ? USUAL_PEAK * model.service.maxTasks : undefined);
  const scaled = tasks === undefined ? cut : scaleToTasks(cut, tasks, model);
  const short =
    days !== undefined && loadSeconds(load) < days * 86_400
      ? [`has ${(loadSeconds(load) / 86_400).toFixed(1)} days only`]
      : [];
  return { load: scale === 1 ? scaled : scaleLoad(scaled, scale), notes: [...notes, ...short] };
}

/** A trace, and whether its height is still to be decided. */
type ReadTrace = Trace & { readonly isForm: boolean };

async function readTrace(
  argument: string,
  options: TraceOptions,
  model: ScalingModel,
): Promise<ReadTrace> {
  const [name = "", ...settings] = argument.split(":");
  if (isShapeName(name)) {
    const load = shapeLoad(name, settings.join(":"), options, model);
    return { load, notes: [], isForm: false };
  }
  const shipped = shippedTraces[argument];
  if (shipped !== undefined) {
    const { load, notes } = await readTraceFile(shipped.file, options.onProgress);
    return { load: { ...load, name: argument }, notes, isForm: true };
  }
  if (!existsSync(argument) && !/[./\\]/.test(argument)) {
    const names = [...Object.keys(shapes), ...Object.keys(shippedTraces)];
    const allowed = `must be a CSV file or one of ${names.join(", ")}`;
    throw new InputFileError("--trace", [`got '${argument}', ${allowed}${hint(name, names)}`]);
  }
  return { ...(await readTraceFile(argument, options.onProgress)), isForm: false };
}
