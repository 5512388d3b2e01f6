import type { Simulation } from "../../capacity/simulate/simulation";
import { bindingIntervals, bindingText } from "./binding-intervals";
import { millisecondsText } from "./figures";
import { html, type Markup } from "./markup";
import { clockText, durationText } from "./quantities";
import type { Plot, PlotFrame } from "./svg-plot";

type Run = Pick<Simulation, "series" | "model" | "load" | "options">;

/** Highest values of several runs, so that their plots can be compared. */
export interface SharedTops {
  readonly requests: number;
  readonly tasks: number;
  readonly instances: number;
  readonly milliseconds: number;
}

/** What the plots of a run share. */
export function frameOf({ series, load, options }: Run, width: number, height: number): PlotFrame {
  return {
    startsAt: load.startsAt,
    sampleSeconds: series.sampleSeconds,
    samples: series.binding.length,
    width,
    height,
    marks: options.events.map((event) => ({
      atSeconds: event.atSeconds,
      name: eventText[event.kind],
    })),
  };
}

const eventText = {
  zoneLoss: "loss of a zone",
  spotInterruption: "Spot interruption",
  deployment: "deployment",
} as const;

/** Requests that arrive, and those of them that are lost. */
export function requestsPlot({ series }: Run, tops?: SharedTops): Plot {
  const { requestsPerSecond, unmetPerSecond } = series;
  const served = requestsPerSecond.map((rate, at) => rate - (unmetPerSecond[at] ?? 0));
  return {
    title: "Requests a second",
    description: `At most ${most(requestsPerSecond)} a second arrive, and at most ${most(unmetPerSecond)} are lost.`,
    axis: "linear",
    ...topOf(tops?.requests),
    layers: [
      { name: "served", style: "supply", values: served, form: "area" },
      { name: "lost", style: "lack", values: requestsPerSecond, from: served, form: "area" },
    ],
  };
}

/** Tasks that serve against those that the objective takes. */
export function tasksPlot({ series, model }: Run, tops?: SharedTops): Plot {
  const { healthyTasks, demandedTasks, desiredTasks } = series;
  return {
    title: "Tasks",
    description: `Between ${least(healthyTasks)} and ${most(healthyTasks)} tasks serve; the objective takes up to ${most(demandedTasks)}.`,
    axis: "linear",
    ...topOf(tops?.tasks),
    ...(tops === undefined ? { limit: { name: "maxTasks", value: model.service.maxTasks } } : {}),
    layers: supplyAndDemand("serving", healthyTasks, demandedTasks, desiredTasks),
  };
}

/** Instances with their cluster against those that hold the demanded tasks. */
export function instancesPlot({ series, model }: Run, tops?: SharedTops): Plot {
  const { registeredInstances, demandedInstances, desiredInstances } = series;
  return {
    title: "Instances",
    description: `Between ${least(registeredInstances)} and ${most(registeredInstances)} instances are registered; the demanded tasks take up to ${most(demandedInstances)}.`,
    axis: "linear",
    ...topOf(tops?.instances),
    ...(tops === undefined
      ? { limit: { name: "maxInstances", value: model.group.maxInstances } }
      : {}),
    layers: supplyAndDemand("registered", registeredInstances, demandedInstances, desiredInstances),
  };
}

/** Response times and the objective. */
export function latencyPlot({ series, model }: Run, tops?: SharedTops): Plot {
  const { objectiveMilliseconds } = model.workload;
  const { p50Milliseconds, p99Milliseconds } = series;
  const worst = Number(most(p99Milliseconds));
  return {
    title: "Response time",
    description: `The 99th percentile is at most ${millisecondsText(worst)}; the objective is ${millisecondsText(objectiveMilliseconds)}.`,
    axis: "milliseconds",
    ...topOf(tops?.milliseconds),
    limit: { name: "objective", value: objectiveMilliseconds },
    layers: [
      { name: "p99", style: "lack", values: p99Milliseconds, form: "line" },
      { name: "p50", style: "supply", values: p50Milliseconds, form: "line" },
    ],
  };
}

/** CPU of the service against its target. */
export function cpuPlot({ series, model }: Run): Plot {
  const target = model.service.policies.find(({ metric }) => metric === "cpu")?.target;
  return {
    title: "CPU of the tasks, percent of what they reserve",
    description: `At most ${most(series.cpuPercent)} percent${target === undefined ? "" : `, with a target of ${target}`}.`,
    axis: "linear",
    ...(target === undefined ? {} : { limit: { name: "target", value: target } }),
    layers: [{ name: "CPU", style: "supply", values: series.cpuPercent, form: "area" }],
  };
}

/** The highest values of runs that are compared. */
export function sharedTops(runs: readonly Run[]): SharedTops {
  const highest = (pick: (series: Run["series"]) => readonly Float64Array[]) =>
    Math.max(...runs.flatMap(({ series }) => pick(series).map((values) => Number(most(values)))));
  return {
    requests: highest(({ requestsPerSecond }) => [requestsPerSecond]),
    tasks: highest(({ healthyTasks, demandedTasks, desiredTasks }) => [
      healthyTasks,
      demandedTasks,
      desiredTasks,
    ]),
    instances: highest(({ registeredInstances, demandedInstances, desiredInstances }) => [
      registeredInstances,
      demandedInstances,
      desiredInstances,
    ]),
    milliseconds: highest(({ p99Milliseconds }) => [p99Milliseconds]),
  };
}

function supplyAndDemand(
  name: string,
  supply: Float64Array,
  demand: Float64Array,
  desired: Float64Array,
): Plot["layers"] {
  const short = supply.map((value, at) => Math.max(value, demand[at] ?? 0));
  return [
    { name, style: "supply", values: supply, form: "area", stepped: true },
    { name: "short", style: "lack", values: short, from: supply, form: "area", stepped: true },
    { name: "desired", style: "desired", values: desired, form: "line", stepped: true },
    {
      name: "demanded by the objective",
      style: "demand",
      values: demand,
      form: "line",
      stepped: true,
    },
  ];
}

function topOf(top: number | undefined): { top?: number } {
  return top === undefined ? {} : { top };
}

function most(values: Float64Array): string {
  return String(Math.round(values.reduce((high, value) => Math.max(high, value), 0)));
}

function least(values: Float64Array): string {
  return String(Math.round(values.reduce((low, value) => Math.min(low, value), Infinity)));
}

/** A band over the time of the plots above it that shows what was binding when. */
export function bindingBand({ series }: Run, width: number): Markup {
  const intervals = bindingIntervals(series);
  if (intervals.length === 0) return html`<p>Nothing was binding at any time.</p>`;
  const seconds = series.sampleSeconds * series.binding.length;
  const [left, right] = [56, width - 12];
  const x = (second: number) => Math.round((left + (second / seconds) * (right - left)) * 10) / 10;
  const kinds = [...new Set(intervals.map(({ binding }) => binding))];
  return html`<figure>
    <figcaption>
      <b>Binding</b
      ><span class="legend"
        >${kinds.map(
          (kind) =>
            html`<span class="key"
              ><svg viewBox="0 0 22 10" aria-hidden="true">
                <path class="band ${kind}" d="M0,1H22V9H0Z" /></svg
              >${bindingText[kind]}</span
            >`,
        )}</span
      >
    </figcaption>
    <div class="scroll">
      <svg viewBox="0 0 ${width} 24" role="img" aria-label="What was binding when">
        <title>What was binding when</title>
        <desc>${`${intervals.length} stretches, listed in the table of the same name.`}</desc>
        <path class="band ground" d="M${left},4H${right}V20H${left}Z" />
        ${intervals.map(({ binding, fromSeconds, toSeconds }) => {
          const label = `${bindingText[binding]}: ${clockText(fromSeconds)} to ${clockText(toSeconds)}, ${durationText(toSeconds - fromSeconds)}`;
          const end = Math.max(x(toSeconds), x(fromSeconds) + 1);
          return html`<path
            class="band ${binding}"
            d="M${x(fromSeconds)},4H${end}V20H${x(fromSeconds)}Z"
            ><title>${label}</title></path
          > `;
        })}
      </svg>
    </div>
  </figure> `;
}
