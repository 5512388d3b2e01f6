import { alignColumns, heading, type Screen } from "../preview/screen";
import { bindingIntervals, bindingText } from "./binding-intervals";
import { compareRuns } from "./comparison";
import { elasticityHeadings, elasticityRows, figuresOf, loadText, notableActions } from "./figures";
import { clockText, countText, durationText } from "./quantities";
import type { Report, RunResult } from "./run-result";
import { renderPlot } from "./terminal-plot";

const indent = "    ";

/** Actions and intervals that fit a screen; `--json` has all. */
const MOST_ACTIONS = 12;
const MOST_INTERVALS = 10;

/** A report for a person at a terminal. */
export function renderText(report: Report, screen: Screen): string {
  const { runs, load, loadNotes } = report;
  const names = runs.map(({ name }) => name).join(", ");
  return [
    heading(`Simulating ${names}`, screen),
    `${indent}${loadText(report)}`,
    ...loadNotes.map((note) => screen.colors.dim(`${indent}${load.name}: ${note}`)),
    "",
    ...(runs.length === 1 ? renderRun(runs[0], screen) : renderComparison(report, screen)),
    "",
    ...[
      "A model, not a measurement: what a request costs is an assumption (--cpu-ms, --wait-ms), and so are",
      "the delays of AWS. docs/scaling.md says what it does not know.",
    ].map((line) => screen.colors.dim(line)),
    "",
  ].join("\n");
}

function renderRun(run: RunResult, screen: Screen): string[] {
  const { series, model } = run.simulation;
  return [
    ...renderPlot(series, model.workload.objectiveMilliseconds, screen),
    "",
    heading("Result:", screen),
    ...table(figuresOf(run), [], screen, false),
    "",
    heading("Elasticity:", screen),
    ...table([elasticityHeadings, ...elasticityRows(run)], [1, 2, 3, 4, 5], screen, true),
    "",
    heading("Binding:", screen),
    ...renderIntervals(run),
    "",
    heading("Actions:", screen),
    ...renderActions(run),
  ];
}

/** The stretches in which something was binding, the longest where they are many. */
function renderIntervals({ simulation }: RunResult): string[] {
  const all = bindingIntervals(simulation.series);
  const length = (at: number) => (all[at]?.toSeconds ?? 0) - (all[at]?.fromSeconds ?? 0);
  const longest = new Set(
    [...all.keys()].sort((one, other) => length(other) - length(one)).slice(0, MOST_INTERVALS),
  );
  const rows = all
    .filter((_, index) => longest.has(index))
    .map(({ fromSeconds, toSeconds, binding }) => [
      `${clockText(fromSeconds)} to ${clockText(toSeconds)}`,
      durationText(toSeconds - fromSeconds),
      bindingText[binding],
    ]);
  return listed(rows, all.length, "shorter stretch", "shorter stretches");
}

function renderActions({ simulation: { actions } }: RunResult): string[] {
  const rows = notableActions(actions, MOST_ACTIONS).map(
    ({ atSeconds, level, from, to, reason }) => [
      clockText(atSeconds),
      level,
      level === "event" ? "" : `${from} to ${to}`,
      reason,
    ],
  );
  return listed(rows, actions.length, "smaller action", "smaller actions");
}

function listed(rows: string[][], count: number, one: string, several: string): string[] {
  if (count === 0) return [`${indent}none`];
  const left = count - rows.length;
  const lines = alignColumns(rows).map((cells) => `${indent}${cells.join("  ")}`.trimEnd());
  return left === 0 ? lines : [...lines, `${indent}and ${left} ${left === 1 ? one : several}`];
}

function renderComparison(report: Report, screen: Screen): string[] {
  const { colors } = screen;
  const { headings, rows, verdict } = compareRuns(report);
  const cells = [
    ["Configuration", ...headings],
    ...rows.map(({ run, figures }) => [
      run.name,
      ...figures.map(({ text, isBest }) => (isBest ? `* ${text}` : text)),
    ]),
  ];
  const right = headings.map((_, index) => index + 1);
  const lines = alignColumns(cells, right).map((row, index) =>
    index === 0
      ? colors.bold(`${indent}${row.join("  ")}`)
      : `${indent}${row.map((cell) => (cell.includes("* ") ? colors.green(cell) : cell)).join("  ")}`,
  );
  const notes = report.runs.flatMap(({ name, title, notes }) =>
    [title.endsWith(` ${name}`) ? [] : [title], notes].flat().map((note) => `${name}: ${note}`),
  );
  return [
    heading("Comparison:", screen),
    ...lines,
    `${indent}* best of its column`,
    "",
    ...verdict.map((line) => `${indent}${line}`),
    "",
    ...notes.map((note) => colors.dim(`${indent}${note}`)),
    colors.dim(
      `${indent}${countText(report.runs.length, "configuration")}, one load and one workload for all.`,
    ),
  ];
}

function table(
  rows: readonly (readonly string[])[],
  right: readonly number[],
  { colors }: Screen,
  hasHeading: boolean,
): string[] {
  return alignColumns(rows, right).map((cells, index) => {
    const line = `${indent}${cells.join("  ")}`.trimEnd();
    return hasHeading && index === 0 ? colors.bold(line) : line;
  });
}
