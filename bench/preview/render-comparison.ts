import type { Machine } from "../machine";
import type { Comparison, ComparisonRow, Measurement, Spread, TargetResult } from "./comparison";

/** The machine and the versions that a run's numbers belong to. */
export interface PreviewMachine extends Machine {
  readonly npm: string;
}

/** What each side makes, so that a reader sees whether the comparison is between equals. */
interface ResourceCounts {
  readonly previewResources: number;
  readonly previewComponents: number;
  /** Undefined where CDK was skipped. */
  readonly cdkResources: number | undefined;
}

/** Everything that one run of the benchmark found; `--json` prints it as it is. */
export interface BenchResult {
  readonly rounds: number;
  readonly machine: PreviewMachine;
  /** How peak memory was read. */
  readonly memoryMeter: "time" | "node";
  readonly resources: ResourceCounts;
  readonly measurements: readonly Measurement[];
  readonly comparison: Comparison;
}

/** The result as Markdown: machine, table, resource counts and targets. */
export function renderMarkdown({
  rounds,
  machine,
  memoryMeter,
  resources,
  comparison,
}: BenchResult): string {
  return [
    ...machineLines(machine, rounds),
    "",
    "| Command | Median | Lowest to highest | Times the preview | Peak memory |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...comparison.rows.map(rowLine),
    "",
    memoryLine(memoryMeter),
    "",
    resourceLine(resources),
    "",
    "| Target | Measured | Reached |",
    "| --- | ---: | --- |",
    ...comparison.targets.map(targetLine),
    "",
  ].join("\n");
}

function machineLines(machine: PreviewMachine, rounds: number): string[] {
  const { processor, processors, memoryBytes, system, node, npm, loadAverage } = machine;
  return [
    `${processors} x ${processor}, ${gigabytes(memoryBytes)}, ${system}, Node ${node}, npm ${npm};`,
    `${rounds} rounds after one warm-up, load average at the start ${loadAverage.toFixed(2)}.`,
  ];
}

function rowLine({ label, wallMs, peakRssBytes, timesPreview }: ComparisonRow): string {
  const cells = [
    label,
    seconds(wallMs.median),
    `${seconds(wallMs.lowest)} to ${seconds(wallMs.highest)}`,
    timesPreview.median.toFixed(2),
    megabytes(peakRssBytes),
  ];
  return `| ${cells.join(" | ")} |`;
}

function memoryLine(meter: BenchResult["memoryMeter"]): string {
  const source = meter === "time" ? "as /usr/bin/time reads it" : "as each Node process reports it";
  return `Peak memory is the resident memory of the largest single process of a command, ${source}.`;
}

function resourceLine({
  previewResources,
  previewComponents,
  cdkResources,
}: ResourceCounts): string {
  const preview = `The preview shows ${previewResources} resources and ${previewComponents} components`;
  return cdkResources === undefined
    ? `${preview}.`
    : `${preview}; the template of the CDK app holds ${cdkResources} resources.`;
}

function targetLine({ target, limit, measured, spread, reached, binding }: TargetResult): string {
  const verdict = reached ? "yes" : "no";
  const cells = [
    binding ? target : `for comparison: ${target}`,
    spread === undefined ? megabytes(measured) : `${times(spread)} (limit ${limit.toFixed(1)})`,
    binding && !reached ? `**${verdict}**` : verdict,
  ];
  return `| ${cells.join(" | ")} |`;
}

function times({ median, lowest, highest }: Spread): string {
  return `${median.toFixed(2)}, rounds ${lowest.toFixed(2)} to ${highest.toFixed(2)}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

/** Decimal megabytes, as the target counts them. */
function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(0)} GB`;
}
