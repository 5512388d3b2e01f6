import { millisecondsText, usdText } from "./figures";
import { countText, figureText, percentText } from "./quantities";
import type { Report, RunResult } from "./run-result";

/** A column of a comparison; of every figure in it less is better. */
interface Column {
  readonly heading: string;
  readonly value: (run: RunResult) => number;
  readonly text: (run: RunResult) => string;
}

const columns: readonly Column[] = [
  {
    heading: "Missed min",
    value: ({ simulation }) => simulation.summary.missedMinutes,
    text: ({ simulation }) => String(simulation.summary.missedMinutes),
  },
  {
    heading: "Lost",
    value: ({ simulation }) => simulation.summary.unmet,
    text: ({ simulation: { summary } }) => percentText(summary.unmet, summary.requests),
  },
  {
    heading: "p99",
    value: ({ simulation }) => simulation.summary.p99Milliseconds,
    text: ({ simulation }) => millisecondsText(simulation.summary.p99Milliseconds),
  },
  {
    heading: "Task hours",
    value: ({ simulation }) => simulation.summary.taskSeconds,
    text: ({ simulation }) => figureText(simulation.summary.taskSeconds / 3600),
  },
  {
    heading: "Instance hours",
    value: instanceSeconds,
    text: (run) => figureText(instanceSeconds(run) / 3600),
  },
  {
    heading: "Cost USD",
    value: ({ cost }) => cost.usd,
    text: ({ cost }) => cost.usd.toFixed(2),
  },
  {
    heading: "Flaps",
    value: ({ simulation }) => simulation.summary.actions.flaps,
    text: ({ simulation }) => String(simulation.summary.actions.flaps),
  },
];

function instanceSeconds({ simulation }: RunResult): number {
  return simulation.summary.instanceSeconds.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** A figure of a comparison. */
interface ComparedFigure {
  readonly text: string;
  /** True for the least of its column, where not all of it are the same. */
  readonly isBest: boolean;
}

/** Configurations side by side. */
export interface Comparison {
  readonly headings: readonly string[];
  readonly rows: readonly {
    readonly run: RunResult;
    readonly figures: readonly ComparedFigure[];
  }[];
  /** What the table says, in sentences. */
  readonly verdict: readonly string[];
}

/** Puts the runs of a report side by side. A figure that reads the same as the best one is a best one. */
export function compareRuns({ runs }: Report): Comparison {
  const bests = columns.map(({ value, text }) => {
    const best = runs.reduce((least, run) => (value(run) < value(least) ? run : least));
    const isDecided = runs.some((run) => text(run) !== text(best));
    return isDecided ? text(best) : undefined;
  });
  const rows = runs.map((run) => ({
    run,
    figures: columns.map(({ text }, column) => ({
      text: text(run),
      isBest: text(run) === bests[column],
    })),
  }));
  return { headings: columns.map(({ heading }) => heading), rows, verdict: verdictOf(runs) };
}

/** Who misses least, alone or with others, and who costs least; a low cost beside many missed minutes is no bargain, and the text says both. */
function verdictOf(runs: Report["runs"]): string[] {
  const missed = ({ simulation }: RunResult) => simulation.summary.missedMinutes;
  const steadiest = runs.reduce((best, run) =>
    missed(run) < missed(best) || (missed(run) === missed(best) && run.cost.usd < best.cost.usd)
      ? run
      : best,
  );
  const cheapest = runs.reduce((best, run) => (run.cost.usd < best.cost.usd ? run : best));
  const figures = (run: RunResult) =>
    `${countText(missed(run), "missed minute")} at ${usdText(run.cost.usd)}`;
  const isTied = runs.some((run) => run !== steadiest && missed(run) === missed(steadiest));
  const misses = isTied ? "misses as few as any" : "misses least";
  if (steadiest === cheapest) {
    return [`${steadiest.name} ${misses} and costs least: ${figures(steadiest)}.`];
  }
  return [
    `${steadiest.name} ${misses}: ${figures(steadiest)}.`,
    `${cheapest.name} costs least: ${figures(cheapest)}.`,
  ];
}
