import { pairwiseRatios, spreadOf, type Spread } from "../preview/comparison";
import type { Loading, StartUp } from "./start-up";

/** Start-ups by round: the same index is the same round for both. */
export type StartUps = Readonly<Record<Loading, readonly StartUp[]>>;

/** What one size of the generated program takes, in milliseconds; one number a round. */
export interface SizedRuns {
  readonly resources: number;
  readonly previewMs: readonly number[];
  readonly upMs: readonly number[];
  /** With the engine's state written at the end of the run instead of around every step. */
  readonly upSavedOnceMs: readonly number[];
}

/** What is measured of each size. */
export type SizedTime = "previewMs" | "upMs" | "upSavedOnceMs";

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
  readonly times: Readonly<Record<SizedTime, GrowthCell>>;
}

interface GrowthCell {
  readonly spread: Spread;
  /** Milliseconds of each resource beyond the size before; undefined in the first row. */
  readonly eachMs: number | undefined;
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
    const cell = (time: SizedTime): GrowthCell => {
      const spread = spreadOf(size[time]);
      const more =
        before &&
        (spread.median - spreadOf(before[time]).median) / (size.resources - before.resources);
      return { spread, eachMs: more };
    };
    return {
      resources: size.resources,
      times: {
        previewMs: cell("previewMs"),
        upMs: cell("upMs"),
        upSavedOnceMs: cell("upSavedOnceMs"),
      },
    };
  });
}

/** How many times as much a resource costs in the largest program as in the one before it. */
export function growthOf(rows: readonly GrowthRow[], time: SizedTime): number | undefined {
  const [smaller, larger] = rows.slice(-2).map(({ times }) => times[time].eachMs);
  return smaller === undefined || larger === undefined ? undefined : larger / smaller;
}

/**
 * The targets of one run of the benchmark; those of the growth need three sizes. That of `up` is judged
 * with the state written once: around every step the engine's file backend writes the whole state, which
 * grows with the square of the number of resources whatever program and providers do
 * (SaveSnapshot of pkg/backend/snapshot.go in pulumi/pulumi, and its issue 10668).
 */
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
    ...growth("preview", rows, "previewMs"),
    ...growth("up, its state written once,", rows, "upSavedOnceMs"),
  ];
}

function growth(what: string, rows: readonly GrowthRow[], time: SizedTime): Target[] {
  const measured = growthOf(rows, time);
  if (measured === undefined) {
    return [];
  }
  return [
    {
      target: `${what} grows linearly: a resource costs at most ${GROWTH_LIMIT} times as much in the largest program`,
      measured,
      limit: GROWTH_LIMIT,
      unit: "times",
      reached: measured <= GROWTH_LIMIT,
    },
  ];
}
