import { pairwiseRatios, type Spread, spreadOf } from "../preview/comparison";

/** What one run of the benchmark has measured, in milliseconds; one number a round. */
export interface CompareTimes {
  /** `npm run preview`. */
  readonly previewMs: readonly number[];
  /** `npm run preview -- --against HEAD`, in the same round. */
  readonly againstMs: readonly number[];
  /** Comparing two graphs of `resources` resources that are in memory. */
  readonly graphMs: readonly number[];
  readonly resources: number;
  /** Resources that differ between them. */
  readonly changes: number;
}

export interface Target {
  readonly target: string;
  readonly measured: string;
  readonly reached: boolean;
}

/** How many times one preview the comparison of two refs may take: both are recorded at once. */
const TIMES_PREVIEW_LIMIT = 1.6;
const GRAPH_LIMIT_MS = 100;

/** The comparison's time as a multiple of the preview's of the same round. */
export function timesPreview({ previewMs, againstMs }: CompareTimes): Spread {
  return spreadOf(pairwiseRatios(againstMs, previewMs));
}

export function targets(times: CompareTimes): readonly Target[] {
  const ratio = timesPreview(times).median;
  const graph = spreadOf(times.graphMs).median;
  return [
    {
      target: `a comparison with a ref takes at most ${TIMES_PREVIEW_LIMIT} times one preview`,
      measured: `${ratio.toFixed(2)} times`,
      reached: ratio <= TIMES_PREVIEW_LIMIT,
    },
    {
      target: `two graphs of 1,000 resources are compared in less than ${GRAPH_LIMIT_MS} ms`,
      measured: `${graph.toFixed(0)} ms`,
      reached: graph < GRAPH_LIMIT_MS,
    },
  ];
}
