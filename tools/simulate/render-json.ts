import type { Series } from "../../capacity/simulate/simulation";
import { bindingIntervals } from "./binding-intervals";
import type { Report, RunResult } from "./run-result";

/**
 * A report as JSON, two blanks of indentation, a line feed at the end, the same bytes for the same run.
 * docs/simulate.md describes every field.
 */
export function renderJson({ project, load, loadNotes, runs }: Report): string {
  const { name, startsAt, stepSeconds, requests } = load;
  const whole = {
    project,
    load: {
      name,
      startsAt: new Date(startsAt * 1000).toISOString(),
      stepSeconds,
      steps: requests.length,
      notes: loadNotes,
    },
    runs: runs.map(runJson),
  };
  return `${inLines(JSON.stringify(whole, listFigures, 2))}\n`;
}

/** The numbers of a series in one line: a line each would double the file and tell a reader nothing. */
function inLines(json: string): string {
  return json.replace(/\[\s+(-?\d[-\d.e,\s]*)\]/g, (_, numbers: string) => {
    return `[${numbers.trim().replace(/,\s+/g, ", ")}]`;
  });
}

function runJson({ name, title, notes, simulation, cost }: RunResult): object {
  const { model, options, summary, series, actions } = simulation;
  return {
    name,
    title,
    notes,
    model,
    options,
    summary,
    cost,
    binding: bindingIntervals(series),
    actions,
    series: seriesJson(series),
  };
}

/** What was binding is in the intervals; the other series have a number for each sample. */
function seriesJson(series: Series): object {
  return Object.fromEntries(Object.entries(series).filter(([name]) => name !== "binding"));
}

/** Digits behind the point: a millisecond and a thousandth of a request tell nothing more. */
const DIGITS = 1e6;

function listFigures(_key: string, value: unknown): unknown {
  if (value instanceof Float64Array) return [...value].map(rounded);
  return typeof value === "number" ? rounded(value) : value;
}

function rounded(value: number): number {
  return Math.round(value * DIGITS) / DIGITS;
}
