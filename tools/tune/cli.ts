import { availableParallelism } from "node:os";
import { Command } from "commander";
import { loadSeconds } from "../../capacity/simulate/load";
import { parseObjective } from "../../capacity/tune/objective";
import { InputFileError } from "../policy/json-file";
import { completeCommand, parseArguments } from "../preview/command-line";
import { runOwnProcess } from "../preview/own-process";
import { type Environment, screenOf, type Stream } from "../preview/screen";
import { listStacks, loadStackFiles, type StackFiles } from "../preview/stack-files";
import { parseEvents } from "../simulate/event-argument";
import { Progress } from "../simulate/progress";
import { readPriceTable } from "../simulate/price-table";
import { readLoad } from "../simulate/read-load";
import { renderRunError } from "../simulate/run-error";
import {
  numberOptions,
  readNumbers,
  timingOf,
  workloadOf,
  type WrittenNumbers,
} from "../simulate/run-options";
import { usualRun } from "../simulate/usual-run";
import { closingHelp } from "./closing-help";
import { renderJson } from "./render-json";
import { renderText } from "./render-text";
import type * as SearchModule from "./search-stack";
import type { SearchReport } from "./search-stack";
import type * as StackInputsModule from "./stack-inputs";
import type * as StackSettingsModule from "./stack-settings";
import type { StackInputs } from "./stack-settings";

/** What the command needs of the world around it. */
export interface Surroundings {
  /** Folder of the project. */
  readonly directory: string;
  readonly environment: Environment;
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly readInputs: (files: StackFiles) => Promise<Omit<StackInputs, "overrides">>;
}

type Options = WrittenNumbers & {
  readonly trace: string;
  readonly event: readonly string[];
  readonly objective: string;
  readonly candidates: string;
  readonly seeds: string;
  readonly workers: string;
  readonly prices?: string;
  readonly json?: true;
  readonly color: boolean;
};

/** Runs the command; gives its exit code: 0, 1 for an error, 3 where nothing within the limits meets the objective. */
export async function run(args: readonly string[], around: Surroundings): Promise<0 | 1 | 3> {
  const command = commandFor(around);
  const ended = parseArguments(command, args);
  if (ended !== undefined) return ended;
  const { directory, environment, stdout, stderr } = around;
  const options = command.opts<Options>();
  const [stack = ""] = command.processedArgs as string[];
  const progress = new Progress(stderr);
  try {
    const files = loadStackFiles(directory, stack);
    const report = await search(files, options, around, progress);
    progress.end();
    const screen = screenOf(stdout, environment, options.color);
    stdout.write(
      options.json === true ? renderJson(report) : renderText(report, files.project, screen),
    );
    return report.result.best.meets ? 0 : 3;
  } catch (error) {
    progress.end();
    stderr.write(renderRunError(error, "search"));
    return 1;
  }
}

async function search(
  files: StackFiles,
  options: Options,
  { readInputs }: Surroundings,
  progress: Progress,
): Promise<SearchReport> {
  const numbers = readNumbers(options);
  const counts = readCounts(options);
  const objective = parseObjective(options.objective);
  const prices = readPriceTable(options.prices);
  const inputs = await readInputs(files);
  // The planner comes with the Pulumi program, which takes half a second to load.
  /* eslint-disable @typescript-eslint/no-require-imports -- import() would need an ESM loader */
  const { SettingsPlanner } = require("./stack-settings") as typeof StackSettingsModule;
  const { searchStack } = require("./search-stack") as typeof SearchModule;
  /* eslint-enable @typescript-eslint/no-require-imports */
  const overrides = { workload: workloadOf(numbers), timing: timingOf(numbers) };
  const planner = new SettingsPlanner({ ...inputs, overrides });
  const { seed = usualRun.seed, tick = usualRun.tickSeconds } = numbers;
  const { load } = await readLoad(options.trace, numbers, planner.presentModel, progress);
  const faults: string[] = [];
  const { availabilityZones } = planner.presentModel.group;
  const events = options.event.flatMap((written) =>
    parseEvents(written, { seconds: loadSeconds(load), availabilityZones }, faults),
  );
  if (faults.length > 0) throw new InputFileError("arguments", faults);
  return searchStack({
    planner,
    limits: inputs.limits,
    experiment: {
      load,
      seeds: Array.from({ length: counts.seeds }, (_, index) => seed + index),
      tickSeconds: tick,
      events,
      prices,
    },
    objective,
    candidates: counts.candidates,
    threads: counts.workers,
    onProgress: progress.report,
  });
}

const COUNTS = { candidates: 10_000, seeds: 20, workers: 64 } as const;

function readCounts(options: Options): Record<keyof typeof COUNTS, number> {
  const faults: string[] = [];
  const read = (name: keyof typeof COUNTS) => {
    const text = options[name];
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= 1 && value <= COUNTS[name])) {
      faults.push(`--${name}: got '${text}', must be a whole number from 1 to ${COUNTS[name]}`);
    }
    return value;
  };
  const counts = { candidates: read("candidates"), seeds: read("seeds"), workers: read("workers") };
  if (faults.length > 0) throw new InputFileError("arguments", faults);
  return counts;
}

function commandFor({ directory, stdout, stderr }: Surroundings): Command {
  const stacks = listStacks(directory).join(", ") || "none";
  const command = new Command("npm run tune --")
    .usage("[stack] [options]")
    .description(
      "Searches the scaling settings of a stack for the cheapest that meet an objective over a load, within " +
        "the limits of the policy pack, and says why each has its value. Needs no AWS account and no network.",
    )
    .argument("[stack]", `stack to tune, here: ${stacks}`, "dev")
    .option(
      "--trace <file|name>",
      "CSV file or a named trace, as `npm run simulate` takes it",
      "daily",
    )
    .option("--objective <text>", "p99<=250ms, missed<=5 (minutes) or unmet<=0.1%", "missed<=5")
    .option(
      "--event <events>",
      "what befalls the stack, as `npm run simulate` takes it",
      (text: string, earlier: readonly string[]) => [...earlier, text],
      [],
    )
    .option("--candidates <n>", "most configurations to try", "200")
    .option("--seeds <n>", "runs of each configuration, of which the worst counts", "3")
    .option("--workers <n>", "threads; the result is the same", String(availableParallelism()))
    .option("--prices <file>", "prices of another region as JSON, see below")
    .option("--json", "write everything as JSON");
  for (const { flags, meaning } of Object.values(numberOptions)) command.option(flags, meaning);
  return completeCommand(command, { script: "tune", closingHelp, stdout, stderr });
}

/** Runs the command in this process, which it ends. */
export function main(): Promise<void> {
  return runOwnProcess((stdout) =>
    run(process.argv.slice(2), {
      directory: process.cwd(),
      environment: process.env,
      stdout,
      stderr: process.stderr,
      readInputs: (files) => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
        const { readStackInputs } = require("./stack-inputs") as typeof StackInputsModule;
        return readStackInputs(files);
      },
    }),
  );
}
