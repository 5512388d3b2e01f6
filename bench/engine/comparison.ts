import { pairwiseRatios, spreadOf, type Spread } from "../preview/comparison";
import type { Loading, StartUp } from "./start-up";

/** Start-ups by round: the same index is the same round for both. */
export type StartUps = Readonly<Record<Loading, readonly StartUp[]>>;

/** What one size of the generated program takes, in milliseconds; one number a round. */
export interface SizedRuns {
  readonly resources: number;
  readonly previewMs: readonly number[];
  readonly upMs: readonly number[];
}

export interface Target {
  readonly target: string;
  readonly measured: number;
  readonly limit: number;
  readonly unit: "s" | "times";
  readonly reached: boolean;
}

/** A row of how the time grows with the number of resources. */
export interface GrowthRow {
  readonly resources: number;
  readonly previewMs: Spread;
  readonly upMs: Spread;
  /** Milliseconds of each resource beyond the size before; undefined in the first row. */
  readonly previewEachMs: number | undefined;
  readonly upEachMs: number | undefined;
}

const START_UP_LIMIT_SECONDS = 2;

/**
 * What a resource may cost more in the largest programs than in the smaller ones: linear growth, with
 * room for a machine whose speed varies by about a third.
 */
const GROWTH_LIMIT = 1.5;

/** How much shorter the shipped settings make one time of a round, as a ratio of each round. */
export function timesNaive(startUps: StartUps, time: keyof StartUp): Spread {
  const of = (loading: Loading) => startUps[loading].map((startUp) => startUp[time]);
  return spreadOf(pairwiseRatios(of("naive"), of("shipped")));
}

/** The sizes in order, each with the cost of a resource beyond the size before. */
export function growthRows(sizes: readonly SizedRuns[]): GrowthRow[] {
  const sorted = [...sizes].sort((one, other) => one.resources - other.resources);
  return sorted.map((size, index) => {
    const before = sorted[index - 1];
    const [previewMs, upMs] = [spreadOf(size.previewMs), spreadOf(size.upMs)];
    const each = (runs: "previewMs" | "upMs", after: Spread): number | undefined =>
      before === undefined
        ? undefined
        : (after.median - spreadOf(before[runs]).median) / (size.resources - before.resources);
    return {
      resources: size.resources,
      previewMs,
      upMs,
      previewEachMs: each("previewMs", previewMs),
      upEachMs: each("upMs", upMs),
    };
  });
}

/** The targets of one run of the benchmark; those of the growth need three sizes. */
export function targets(startUps: StartUps, rows: readonly GrowthRow[]): Target[] {
  const startUp = (what: string, time: "programMs" | "packMs"): Target => {
    const measured = spreadOf(startUps.shipped.map((each) => each[time])).median / 1000;
    return {
      target: `the ${what} starts in at most ${START_UP_LIMIT_SECONDS} s`,
      measured,
      limit: START_UP_LIMIT_SECONDS,
      unit: "s",
      reached: measured <= START_UP_LIMIT_SECONDS,
    };
  };
  return [
    startUp("program", "programMs"),
    startUp("pack", "packMs"),
    ...growth("preview", rows, "previewEachMs"),
    ...growth("up", rows, "upEachMs"),
  ];
}

function growth(
  command: string,
  rows: readonly GrowthRow[],
  each: "previewEachMs" | "upEachMs",
): Target[] {
  const [smaller, larger] = rows.slice(-2).map((row) => row[each]);
  if (smaller === undefined || larger === undefined) {
    return [];
  }
  const measured = larger / smaller;
  return [
    {
      target: `${command} grows linearly: a resource costs at most ${GROWTH_LIMIT} times as much in the largest program`,
      measured,
      limit: GROWTH_LIMIT,
      unit: "times",
      reached: measured <= GROWTH_LIMIT,
    },
  ];
}
