/** Requests over time: equal steps, the first of which begins at `startsAt`. */
export interface Load {
  /** What the report calls it. */
  readonly name: string;
  /** Seconds since 1970 (UTC); decides when scheduled actions run. */
  readonly startsAt: number;
  readonly stepSeconds: number;
  /** Requests that arrive in each step; finite numbers of at least 0. */
  readonly requests: Float64Array;
}

/** Length of a load in seconds. */
export function loadSeconds({ stepSeconds, requests }: Load): number {
  return stepSeconds * requests.length;
}
