import { presets } from "../../capacity/presets";
import { listPrices } from "../../capacity/prices";
import type { ScalingModel } from "../../capacity/simulate/scaling-model";
import { type Outcome, parseObjective } from "../../capacity/tune/objective";
import { loadStackFiles } from "../../tools/preview/stack-files";
import { withSettings } from "../../tools/simulate/changed-settings";
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

/** What no preset decides, as one writes it who knows nothing of the traffic: a task a zone, a usual type. */
const UNTUNED = "minTasks=3,minInstances=0,instanceTypes=m7g.large+m6g.large";
const CANDIDATES = 200;
const SEEDS = [1, 2];

/**
 * Times a search with one and with two threads, and holds the prod stack as it ships, and as it would be tuned, against
 * the presets: with its bounds and instance types, and with untuned ones.
 */
async function main(): Promise<void> {
  const files = loadStackFiles(".", "prod");
  const inputs = await readStackInputs(files);
  const planner = new SettingsPlanner({ ...inputs, overrides: {} });
  const untuned = await readStackInputs(withSettings(files, UNTUNED));
  const { presentModel } = new SettingsPlanner({ ...untuned, overrides: {} });
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
    const report = await searched(planner, inputs.limits, experiment, 2);
    rows.push(...comparison(report, await ofPresets(presentModel, experiment), experiment));
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

/** Every preset on a model, with its name. */
async function ofPresets(model: ScalingModel, experiment: Experiment): Promise<ComparedPreset[]> {
  const evaluator = startEvaluator(experiment, 2);
  try {
    const outcomes = await evaluator.evaluate(presets.map(({ apply }) => apply(model)));
    return presets.flatMap(({ name }, index) => {
      const outcome = outcomes[index];
      return outcome === undefined ? [] : [{ name, outcome }];
    });
  } finally {
    await evaluator.close();
  }
}

interface ComparedPreset {
  readonly name: string;
  readonly outcome: Outcome;
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
  untuned: readonly ComparedPreset[],
  { load: { name } }: Experiment,
): string[] {
  const { present, best } = result;
  const runs: [string, Outcome][] = [
    ["prod as it ships", present.outcome],
    ["prod tuned", best.outcome],
    ...compared.map(
      ({ name: preset, outcome }) => [`preset ${preset}`, outcome] as [string, Outcome],
    ),
    ...untuned.map(
      ({ name: preset, outcome }) =>
        [`preset ${preset}, untuned bounds and types`, outcome] as [string, Outcome],
    ),
  ];
  return [
    ...runs.map(
      ([title, { missedMinutes, p99Milliseconds, unmetShare, usd }]) =>
        `| ${name} | ${title} | ${missedMinutes} | ${p99Milliseconds.toFixed(0)} ms | ${(100 * unmetShare).toFixed(2)} % | ${usd.toFixed(2)} |`,
    ),
    `| ${name} | against the best preset | ${verdict(present.outcome, compared)} | | | |`,
    `| ${name} | against the best preset, untuned | ${verdict(present.outcome, untuned)} | | | |`,
  ];
}

/** Fewer than half the minutes of the best preset at no more cost; the best misses least, and then costs least. */
function verdict({ missedMinutes, usd }: Outcome, compared: readonly ComparedPreset[]): string {
  const [best] = compared
    .map(({ outcome }) => outcome)
    .sort((one, other) => one.missedMinutes - other.missedMinutes || one.usd - other.usd);
  if (best === undefined) throw new RangeError("no preset");
  const isHalf =
    best.missedMinutes === 0 ? missedMinutes === 0 : missedMinutes < best.missedMinutes / 2;
  const percent = 100 * (usd / best.usd - 1);
  const cost = `${Math.abs(percent).toFixed(1)} % ${percent > 0 ? "dearer" : "cheaper"}`;
  return `${isHalf && percent <= 0 ? "reached" : "not reached"}: ${missedMinutes} against ${best.missedMinutes} minutes, ${cost}`;
}

void main();
