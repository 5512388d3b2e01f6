import { setTimeout } from "node:timers/promises";

/** How long a condition is waited for. */
export interface Patience {
  /** Waits until the next look; false where no time is left for one. */
  readonly wait: () => Promise<boolean>;
}

/**
 * Waits between looks until a deadline.
 *
 * @param seconds from now to the deadline
 * @param interval seconds between two looks
 */
export function patienceOf(seconds: number, interval: number): Patience {
  const deadline = Date.now() + seconds * 1000;
  return {
    wait: async () => {
      const left = deadline - Date.now();
      if (left <= 0) return false;
      await setTimeout(Math.min(left, interval * 1000));
      return true;
    },
  };
}
