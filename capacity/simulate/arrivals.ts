import type { Load } from "./load";

/** The requests of a load by the steps of a simulation, which need not be the load's own. */
export class Arrivals {
  private readonly stepSeconds: number;
  private readonly requests: Float64Array;

  constructor({ stepSeconds, requests }: Load) {
    this.stepSeconds = stepSeconds;
    this.requests = requests;
  }

  /** Requests from one second to another; those of a step come evenly. */
  between(from: number, to: number): number {
    const { stepSeconds } = this;
    const first = Math.floor(from / stepSeconds);
    const last = Math.ceil(to / stepSeconds);
    if (last - first === 1) {
      return ((this.requests[first] ?? 0) * (to - from)) / stepSeconds;
    }
    let sum = 0;
    for (let step = first; step < last; step += 1) {
      const begin = Math.max(from, step * stepSeconds);
      const end = Math.min(to, (step + 1) * stepSeconds);
      sum += ((this.requests[step] ?? 0) * (end - begin)) / stepSeconds;
    }
    return sum;
  }
}
