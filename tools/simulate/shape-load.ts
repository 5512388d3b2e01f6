import type { Load } from "../../capacity/simulate/load";
import type { ScalingModel } from "../../capacity/simulate/scaling-model";
import { InputFileError } from "../policy/json-file";
import { generateLoad } from "./generate-load";
import { requestsPerSecondAtTarget } from "./scale-load";
import { parseShapeArgument } from "./shape-argument";
import { type Shape, shapes } from "./shapes";

/** Share of maxTasks that the peak of a form needs where nothing is said. */
export const USUAL_PEAK = 0.8;

export interface ShapeLoadOptions {
  /** The shape's own length where undefined. */
  readonly days: number | undefined;
  /** Tasks at their target that the peak needs; a share of the model's maxTasks where undefined. */
  readonly peakTasks: number | undefined;
  readonly seed: number;
}

export type ShapeName = keyof typeof shapes;

export function isShapeName(name: string): name is ShapeName {
  return Object.hasOwn(shapes, name);
}

/**
 * The load of a named shape.
 *
 * @param text its settings, such as `peak=4000,base=500`; empty for none
 * @throws InputFileError with every setting that is wrong
 */
export function shapeLoad(
  name: ShapeName,
  text: string,
  { days, peakTasks, seed }: ShapeLoadOptions,
  model: ScalingModel,
): Load {
  const shape: Shape = shapes[name];
  const faults: string[] = [];
  const tasks = peakTasks ?? USUAL_PEAK * model.service.maxTasks;
  const usual = {
    peak: tasks * requestsPerSecondAtTarget(model),
    seconds: (days ?? shape.days) * 86_400,
  };
  const { settings, noise } = parseShapeArgument(shape, text, usual, faults);
  if (faults.length > 0) throw new InputFileError(`--trace ${name}`, faults);
  return generateLoad({ name, shape, settings, noise, seed });
}
