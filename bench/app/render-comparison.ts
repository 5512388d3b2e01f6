import type { Machine } from "../machine";
import type { Spread } from "../preview/comparison";
import type {
  Comparison,
  LoadRow,
  LoadMeasurement,
  StartMeasurement,
  StartRow,
  Target,
} from "./comparison";

/** The machine and the settings that a run's numbers belong to. */
export interface Setting extends Machine {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
}

/** Everything that one run of the benchmark found; `--json` prints it as it is. */
export interface BenchResult {
  readonly setting: Setting;
  readonly load: readonly LoadMeasurement[];
  readonly starts: readonly StartMeasurement[];
  readonly comparison: Comparison;
}

/** The result as Markdown: setting, what is compared, tables and targets. */
export function renderMarkdown({ setting, comparison }: BenchResult): string {
  return [
    ...settingLines(setting),
    "",
    "All give `/` the same JSON body and headers, and have `/healthz` and `/readyz`. The service also chooses between",
    "page and JSON by the Accept header, gives each request an id, carries its trace on, checks its limits, counts it",
    "for `/metrics`, and turns it away where it is overloaded. `Its routes on node:http` does all of this but the last",
    "in the same functions, without the framework; bare node:http and Express do none of it. Where each request is",
    "logged, all write a line for it with pino: those two each line by itself, as pino does unless told otherwise, the",
    "others those of one turn of the event loop together.",
    "",
    "| Server | Requests logged | Requests a second | Lowest to highest | Times bare | 99th percentile | CPU a request |",
    "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ...comparison.load.map(loadLine),
    "",
    "| Server | Time to ready | Lowest to highest | Memory at rest |",
    "| --- | ---: | ---: | ---: |",
    ...comparison.starts.map(startLine),
    "",
    "| Target | Measured | Reached |",
    "| --- | ---: | --- |",
    ...comparison.targets.map(targetLine),
    "",
  ].join("\n");
}

function settingLines(setting: Setting): string[] {
  const { processor, processors, memoryBytes, system, node, loadAverage } = setting;
  const { rounds, seconds, connections } = setting;
  return [
    `${processors} x ${processor}, ${(memoryBytes / 1e9).toFixed(0)} GB, ${system}, Node ${node};`,
    `${connections} connections, ${rounds} rounds of ${seconds} s after one to warm up, load average at the start ${loadAverage.toFixed(2)}.`,
  ];
}

function loadLine({
  label,
  logging,
  requestsPerSecond,
  p99Milliseconds,
  cpuMicroseconds,
  timesBare,
}: LoadRow): string {
  return row([
    label,
    logging,
    requestsPerSecond.median.toFixed(0),
    `${requestsPerSecond.lowest.toFixed(0)} to ${requestsPerSecond.highest.toFixed(0)}`,
    timesBare.median.toFixed(2),
    `${p99Milliseconds.median.toFixed(1)} ms`,
    cpuMicroseconds === undefined ? "unknown" : `${cpuMicroseconds.toFixed(1)} µs`,
  ]);
}

function startLine({ label, readyMilliseconds, restingRssBytes }: StartRow): string {
  return row([
    label,
    `${readyMilliseconds.median.toFixed(0)} ms`,
    `${readyMilliseconds.lowest.toFixed(0)} ms to ${readyMilliseconds.highest.toFixed(0)} ms`,
    `${(restingRssBytes.median / 1e6).toFixed(0)} MB`,
  ]);
}

function targetLine({ target, limit, measured, reached, binding }: Target): string {
  const verdict = reached ? "yes" : "no";
  return row([
    binding ? target : `for comparison: ${target}`,
    `${times(measured)} (limit ${limit.toFixed(2)})`,
    binding && !reached ? `**${verdict}**` : verdict,
  ]);
}

function times({ median, lowest, highest }: Spread): string {
  return `${median.toFixed(2)}, rounds ${lowest.toFixed(2)} to ${highest.toFixed(2)}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
