import type { Load } from "../../capacity/simulate/load";
import { seededRandom } from "../../capacity/simulate/random";
import type { Shape, ShapeSettings } from "./shapes";

/** Length of a step of a generated load. */
const STEP_SECONDS = 10;

/** Deviations fade within a minute, as the wavering of real traffic does. */
const NOISE_SECONDS = 60;

/** Monday, 5 January 2026, 00:00 UTC. */
export const GENERATED_START = Date.UTC(2026, 0, 5) / 1000;

export interface GenerateOptions {
  readonly name: string;
  readonly shape: Shape;
  readonly settings: ShapeSettings;
  /** Relative standard deviation of the steps from the shape; 0 for none. */
  readonly noise: number;
  readonly seed: number;
}

/**
 * The load of a shape in steps of ten seconds, each with the rate at its middle. Noise multiplies it by one plus a
 * first-order autoregressive process; below zero it ends at zero. The same seed gives the same load.
 */
export function generateLoad({ name, shape, settings, noise, seed }: GenerateOptions): Load {
  const requests = new Float64Array(Math.max(1, Math.round(settings.seconds / STEP_SECONDS)));
  const normal = seededNormal(seed);
  const memory = Math.exp(-STEP_SECONDS / NOISE_SECONDS);
  const fresh = Math.sqrt(1 - memory ** 2);
  let deviation = normal();
  for (let step = 0; step < requests.length; step += 1) {
    const rate = shape.rate((step + 0.5) * STEP_SECONDS, settings);
    requests[step] = Math.max(0, rate * (1 + noise * deviation)) * STEP_SECONDS;
    deviation = memory * deviation + fresh * normal();
  }
  return { name, startsAt: GENERATED_START, stepSeconds: STEP_SECONDS, requests };
}

/** Numbers of the standard normal distribution, by Box and Muller. */
function seededNormal(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
