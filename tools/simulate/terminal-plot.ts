import type { Series } from "../../capacity/simulate/simulation";
import type { Screen } from "../preview/screen";
import { type BindingInterval, bindingIntervals, bindingText } from "./binding-intervals";
import { millisecondsText } from "./figures";
import { figureText } from "./quantities";

/** A quantity over time: what is there, and what it lacks. */
interface Panel {
  readonly title: string;
  readonly rows: number;
  /** Drawn solid. */
  readonly there: Float64Array;
  /** Where it is above `there`, the difference is drawn light. */
  readonly wanted: Float64Array;
  /** Position of a value between the bottom (0) and the top (1) of the panel. */
  readonly scale: (value: number) => number;
  readonly top: string;
  readonly bottom: string;
}

const LABEL_COLUMNS = 8;
const EIGHTHS = ["", "▁", "▂", "▃", "▄", "▅", "▆", "▇"];
const SOLID = "█";
const LACK = "░";

/** Width of the plot where the output has none. */
const USUAL_COLUMNS = 100;
const MOST_COLUMNS = 160;

/** Load, tasks, instances, response time and lost requests of a run below each other on one axis of time. */
export function renderPlot(
  series: Series,
  objectiveMilliseconds: number,
  screen: Screen,
): string[] {
  const { colors, columns = USUAL_COLUMNS } = screen;
  const width = Math.max(20, Math.min(columns, MOST_COLUMNS) - LABEL_COLUMNS - 2);
  const seconds = series.sampleSeconds * series.binding.length;
  const lines = panelsOf(series, objectiveMilliseconds).flatMap((panel) => [
    `${"".padStart(LABEL_COLUMNS)} ${colors.bold(panel.title)}`,
    ...renderPanel(panel, width, screen),
  ]);
  const intervals = bindingIntervals(series);
  return [
    ...lines,
    ...renderBinding(intervals, seconds, width, screen),
    ...renderTimeAxis(seconds, width).map((line) => colors.dim(line)),
    ...renderLegend(intervals, screen),
  ];
}

function panelsOf(series: Series, objectiveMilliseconds: number): Panel[] {
  const { requestsPerSecond, unmetPerSecond, p99Milliseconds } = series;
  const served = requestsPerSecond.map((rate, at) => rate - (unmetPerSecond[at] ?? 0));
  const lost = mostOf(unmetPerSecond);
  return [
    linear("requests/s", 4, served, requestsPerSecond),
    linear("tasks that serve", 4, series.healthyTasks, series.demandedTasks),
    linear("instances", 4, series.registeredInstances, series.demandedInstances),
    responseTimes(p99Milliseconds, objectiveMilliseconds),
    ...(lost === 0
      ? []
      : [
          linear(
            "lost requests/s",
            2,
            served.map(() => 0),
            unmetPerSecond,
          ),
        ]),
  ];
}

function mostOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function linear(title: string, rows: number, there: Float64Array, wanted: Float64Array): Panel {
  const top = Math.max(mostOf(there), mostOf(wanted));
  const scale = (value: number) => (top === 0 ? 0 : value / top);
  return { title, rows, there, wanted, scale, top: figureText(top), bottom: "0" };
}

/** Response times by their logarithm, from the power of ten below the least up to the objective or the longest. */
function responseTimes(p99: Float64Array, objective: number): Panel {
  const longest = Math.max(mostOf(p99), objective);
  const least = p99.reduce((low, value) => (value > 0 ? Math.min(low, value) : low), longest);
  const bottom = 10 ** Math.floor(Math.log10(least) - 1e-9);
  const decades = Math.log10(longest / bottom);
  return {
    title: "p99",
    rows: 4,
    there: p99.map((value) => Math.min(value, objective)),
    wanted: p99,
    scale: (value) => (value <= bottom ? 0 : Math.log10(value / bottom) / decades),
    top: millisecondsText(longest),
    bottom: millisecondsText(bottom),
  };
}

function renderPanel(panel: Panel, width: number, { colors }: Screen): string[] {
  const { rows, there, wanted, scale, top, bottom } = panel;
  const bars = Array.from({ length: width }, (_, column) => {
    const sample = worstSample(there, wanted, column, width);
    return { there: scale(there[sample] ?? 0), wanted: scale(wanted[sample] ?? 0) };
  });
  return Array.from({ length: rows }, (_, line) => {
    const row = rows - 1 - line;
    const label = (line === 0 ? top : row === 0 ? bottom : "").padStart(LABEL_COLUMNS);
    const cells = bars.map((bar) => cellAt(row, rows, bar));
    return `${colors.dim(`${label} ┤`)}${paintRuns(cells.join("").trimEnd(), colors)}`;
  });
}

/** The sample of a column in which most is lacking; of several the highest. */
function worstSample(
  there: Float64Array,
  wanted: Float64Array,
  column: number,
  width: number,
): number {
  const first = Math.floor((column * there.length) / width);
  const end = Math.max(first + 1, Math.floor(((column + 1) * there.length) / width));
  const lack = (sample: number) => Math.max(0, (wanted[sample] ?? 0) - (there[sample] ?? 0));
  let worst = first;
  for (let sample = first + 1; sample < end; sample += 1) {
    const more = lack(sample) - lack(worst);
    if (more > 0 || (more === 0 && (there[sample] ?? 0) > (there[worst] ?? 0))) worst = sample;
  }
  return worst;
}

function cellAt(row: number, rows: number, bar: { there: number; wanted: number }): string {
  const filled = bar.there * rows - row;
  if (filled >= 1) return SOLID;
  const eighths = Math.round(filled * 8);
  // What is there at all shows, however little it is.
  const shown = row === 0 && bar.there > 0 ? Math.max(1, eighths) : eighths;
  if (shown >= 8) return SOLID;
  if (shown > 0) return EIGHTHS[shown] ?? " ";
  return bar.wanted > bar.there && bar.wanted * rows - row > 1 / 16 ? LACK : " ";
}

function paintRuns(text: string, colors: Screen["colors"]): string {
  return text.replace(/░+|[^░\s]+/g, (run) =>
    run.startsWith(LACK) ? colors.red(run) : colors.cyan(run),
  );
}

const BINDING_MARKS: Readonly<Record<BindingInterval["binding"], string>> = {
  detection: "d",
  instances: "i",
  taskStart: "s",
  maxTasks: "T",
  maxInstances: "I",
  placement: "p",
};

function renderBinding(
  intervals: readonly BindingInterval[],
  seconds: number,
  width: number,
  { colors }: Screen,
): string[] {
  if (intervals.length === 0) return [];
  const cells = Array.from({ length: width }, () => " ");
  // The longest is drawn last, so that it keeps the column that it shares with others.
  const length = (one: BindingInterval) => one.toSeconds - one.fromSeconds;
  for (const interval of [...intervals].sort((one, other) => length(one) - length(other))) {
    const first = Math.floor((interval.fromSeconds / seconds) * width);
    const end = Math.max(first + 1, Math.round((interval.toSeconds / seconds) * width));
    cells.fill(BINDING_MARKS[interval.binding], first, end);
  }
  const label = "binding".padStart(LABEL_COLUMNS);
  return [`${colors.dim(`${label} ┤`)}${colors.yellow(cells.join("").trimEnd())}`];
}

const TICK_SECONDS = [
  60, 300, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600,
  2_592_000, 7_776_000,
];
const TICK_COLUMNS = 10;

function renderTimeAxis(seconds: number, width: number): string[] {
  const fits = (step: number) => (step / seconds) * width >= TICK_COLUMNS;
  const step = TICK_SECONDS.find(fits) ?? seconds;
  const line = Array.from({ length: width }, () => "─");
  let labels = "";
  for (let at = 0; at < seconds; at += step) {
    const column = Math.round((at / seconds) * width);
    const label = tickText(at, step);
    if (column + label.length > width) break;
    line[column] = "┬";
    labels = `${labels.padEnd(column)}${label}`;
  }
  const blank = "".padStart(LABEL_COLUMNS + 1);
  return [`${blank}└${line.join("")}`, `${blank} ${labels}`];
}

function tickText(seconds: number, step: number): string {
  if (step >= 86_400 || (seconds > 0 && seconds % 86_400 === 0))
    return `day ${seconds / 86_400 + 1}`;
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  return [hours, minutes].map((part) => String(part).padStart(2, "0")).join(":");
}

function renderLegend(intervals: readonly BindingInterval[], { colors }: Screen): string[] {
  const kinds = [...new Set(intervals.map(({ binding }) => binding))];
  const marks = kinds.map((kind) => `${BINDING_MARKS[kind]} ${bindingText[kind]}`);
  const blank = "".padStart(LABEL_COLUMNS + 2);
  return [`${SOLID} there   ${LACK} lost, short or too slow`, ...marks].map((line) =>
    colors.dim(`${blank}${line}`),
  );
}
