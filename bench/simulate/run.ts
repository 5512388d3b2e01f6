import { Command, InvalidArgumentError } from "commander";
import { simulate } from "../../capacity/simulate/simulate";
import { type DailyCase, dailyLoad, dailyModel } from "./daily-case";

interface BenchOptions {
  readonly rounds: number;
  readonly assert?: true;
}

interface Timing {
  readonly run: DailyCase;
  /** The first run, for which the engine has yet to compile, and the median of those after it. */
  readonly firstMs: number;
  readonly medianMs: number;
  readonly peakTasks: number;
  readonly peakInstances: number;
}

const SMALL: DailyCase = { days: 1, instances: 50 };
const LARGE: DailyCase = { days: 14, instances: 5000 };
const LINEAR: readonly DailyCase[] = [1, 2, 4].map((days) => ({ days, instances: 500 }));

const SMALL_LIMIT_MS = 150;
const LARGE_LIMIT_MS = 20_000;
const MEMORY_LIMIT_MB = 500;
/** Four days may take this many times one day: four, and a quarter for the clock's sake. */
const LINEAR_LIMIT = 5;

const cli = new Command("npm run bench:simulate --")
  .description("time runs of the simulator at both sizes, and by their length")
  .option("--rounds <n>", "measured runs of each size, 1 to 100", rounds, 5)
  .option("--assert", "end with exit code 1 when a limit is passed");

function main(): void {
  const options = cli.parse().opts<BenchOptions>();
  const small = time(SMALL, options.rounds);
  const byDays = LINEAR.map((run) => time(run, options.rounds));
  const large = time(LARGE, 0);
  const memoryMB = process.resourceUsage().maxRSS / 1024;
  const [oneDay, , fourDays] = byDays;
  const growth = (fourDays?.medianMs ?? NaN) / (oneDay?.medianMs ?? NaN);

  const limits: readonly (readonly [name: string, text: string, kept: boolean])[] = [
    [
      "1 day, median",
      `${small.medianMs.toFixed(0)} of ${SMALL_LIMIT_MS} ms`,
      small.medianMs < SMALL_LIMIT_MS,
    ],
    [
      "14 days",
      `${large.firstMs.toFixed(0)} of ${LARGE_LIMIT_MS} ms`,
      large.firstMs < LARGE_LIMIT_MS,
    ],
    ["peak memory", `${memoryMB.toFixed(0)} of ${MEMORY_LIMIT_MB} MB`, memoryMB < MEMORY_LIMIT_MB],
    ["4 days against 1", `${growth.toFixed(1)} of ${LINEAR_LIMIT} times`, growth < LINEAR_LIMIT],
  ];
  const lines = [
    "| Days at 10 s | Instances | Tasks | First run | Median | A step |",
    "| ---: | ---: | ---: | ---: | ---: | ---: |",
    ...[small, ...byDays, large].map(timingRow),
    "",
    "| Limit | Measured | Kept |",
    "| --- | ---: | --- |",
    ...limits.map(([name, text, kept]) => `| ${name} | ${text} | ${kept ? "yes" : "no"} |`),
    "",
  ];
  process.stdout.write(lines.join("\n"));
  process.exitCode = options.assert === true && limits.some(([, , kept]) => !kept) ? 1 : 0;
}

function time(run: DailyCase, count: number): Timing {
  const [model, load] = [dailyModel(run), dailyLoad(run)];
  const times: number[] = [];
  let firstMs = NaN;
  let peaks = { peakTasks: 0, peakInstances: 0 };
  for (let round = 0; round <= count; round += 1) {
    const begin = performance.now();
    const { summary } = simulate(model, load, { seed: 1, tickSeconds: 10, events: [] });
    const taken = performance.now() - begin;
    if (round === 0) {
      firstMs = taken;
    } else {
      times.push(taken);
    }
    peaks = summary;
  }
  const { peakTasks, peakInstances } = peaks;
  return {
    run,
    firstMs,
    medianMs: median(times.length > 0 ? times : [firstMs]),
    peakTasks,
    peakInstances,
  };
}

function timingRow({ run, firstMs, medianMs, peakTasks, peakInstances }: Timing): string {
  const stepUs = (1000 * medianMs) / (run.days * 8640);
  return `| ${run.days} | ${peakInstances} | ${peakTasks} | ${firstMs.toFixed(0)} ms | ${medianMs.toFixed(0)} ms | ${stepUs.toFixed(1)} µs |`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function rounds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 100) {
    throw new InvalidArgumentError("expected a whole number from 1 to 100");
  }
  return value;
}

main();
