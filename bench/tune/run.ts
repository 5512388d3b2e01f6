import { presets } from "../../capacity/presets";
import { listPrices } from "../../capacity/prices";
import { parseObjective } from "../../capacity/tune/objective";
import { loadStackFiles } from "../../tools/preview/stack-files";
import { loadTrace } from "../../tools/simulate/trace";
import type { Experiment } from "../../tools/tune/experiment";
import { startEvaluator } from "../../tools/tune/pool";
import { searchStack, type SearchReport } from "../../tools/tune/search-stack";
import { readStackInputs } from "../../tools/tune/stack-inputs";
import { SettingsPlanner, type StackInputs } from "../../tools/tune/stack-settings";

/** Traces of the comparison, each scaled so that its peak needs that many tasks. */
const TRACES = [
  { name: "flash-crowd", days: 1 },
  { name: "daily", days: 1 },
  { name: "elb-requests", days: 14 },
  { name: "nyc-taxi", days: 14 },
] as const;

const PEAK_TASKS = 20;
const CANDIDATES = 200;
const SEEDS = [1, 2];

/**
 * Times a search with one and with two threads, and holds the prod stack as it ships, and as it would be tuned, against
 * the presets, which have its bounds and instance types.
 */
async function main(): Promise<void> {
  const inputs = await readStackInputs(loadStackFiles(".", "prod"));
  const planner = new SettingsPlanner({ ...inputs, overrides: {} });
  const experiments: Experiment[] = [];
  for (const { name, days } of TRACES) {
    const options = { days, scale: 1, peakTasks: PEAK_TASKS, seed: 1 };
    const { load } = await loadTrace(name, options, planner.presentModel);
    experiments.push({ load, seeds: SEEDS, tickSeconds: 10, events: [], prices: listPrices });
  }
  const [flashCrowd] = experiments;
  if (flashCrowd === undefined) throw new RangeError("no trace");
  process.stdout.write(await timings(planner, inputs.limits, flashCrowd));
  const rows: string[] = [];
  for (const experiment of experiments) {
    rows.push(...comparison(await searched(planner, inputs.limits, experiment, 2), experiment));
  }
  process.stdout.write(
    [
      "",
      "| Trace | Configuration | Missed minutes | p99 | Lost | USD |",
      "| --- | --- | ---: | ---: | ---: | ---: |",
      ...rows,
      "",
    ].join("\n"),
  );
}

/** Seconds of the same models on one thread and on two, in turn, so that a busy machine slows both. */
async function timings(
  planner: SettingsPlanner,
  limits: StackInputs["limits"],
  experiment: Experiment,
): Promise<string> {
  const models = Array.from({ length: CANDIDATES }, (_, index) => {
    const { service, ...model } = planner.presentModel;
    const minTasks = service.minTasks + (index % (service.maxTasks - service.minTasks));
    return { ...model, service: { ...service, minTasks, desiredTasks: minTasks } };
  });
  const seconds = async (threads: number) => {
    const evaluator = startEvaluator(experiment, threads);
    // The threads load their code with the first models.
    await evaluator.evaluate(models.slice(0, threads));
    const begin = performance.now();
    await evaluator.evaluate(models);
    const elapsed = (performance.now() - begin) / 1000;
    await evaluator.close();
    return elapsed;
  };
  const [one, two] = [await seconds(1), await seconds(2)];
  const begin = performance.now();
  const { result } = await searched(planner, limits, experiment, 2);
  const whole = (performance.now() - begin) / 1000;
  return [
    `${CANDIDATES} candidates, ${SEEDS.length} seeds of a day each: ${one.toFixed(1)} s on one thread, ${two.toFixed(1)} s on two, ${(one / two).toFixed(2)} times as fast`,
    `a whole search of ${result.evaluated} candidates on two threads: ${whole.toFixed(1)} s`,
    "",
  ].join("\n");
}

function searched(
  planner: SettingsPlanner,
  limits: StackInputs["limits"],
  experiment: Experiment,
  threads: number,
): Promise<SearchReport> {
  return searchStack({
    planner,
    limits,
    experiment,
    objective: parseObjective("missed<=5"),
    candidates: CANDIDATES,
    threads,
    onProgress: () => undefined,
  });
}

function comparison(
  { result, presets: compared }: SearchReport,
  { load: { name } }: Experiment,
): string[] {
  const runs = [
    ["prod as it ships", result.present.outcome] as const,
    ["prod tuned", result.best.outcome] as const,
    ...compared.map((preset) => [`preset ${preset.name}`, preset.outcome] as const),
  ];
  const best = Math.min(...compared.map(({ outcome }) => outcome.missedMinutes));
  const bestUsd = Math.min(
    ...compared
      .filter(({ outcome }) => outcome.missedMinutes === best)
      .map(({ outcome }) => outcome.usd),
  );
  const { missedMinutes, usd } = result.present.outcome;
  const isHalf = best === 0 ? missedMinutes === 0 : missedMinutes < best / 2;
  const reached =
    isHalf && usd <= bestUsd
      ? "reached"
      : `not reached: ${missedMinutes} against ${best} minutes of the best of ${presets.length} presets, ${((100 * usd) / bestUsd - 100).toFixed(1)} % dearer`;
  return [
    ...runs.map(
      ([title, outcome]) =>
        `| ${name} | ${title} | ${outcome.missedMinutes} | ${outcome.p99Milliseconds.toFixed(0)} ms | ${(100 * outcome.unmetShare).toFixed(2)} % | ${outcome.usd.toFixed(2)} |`,
    ),
    `| ${name} | half the minutes of the best preset at no more cost | ${reached} | | | |`,
  ];
}

void main();
