import { Command } from "commander";
import type { StackPlan } from "../../infra/plan/stack-plan";
import { completeCommand, parseArguments } from "../preview/command-line";
import { type Environment, type Screen, screenOf, type Stream } from "../preview/screen";
import { listStacks, loadStackFiles, type StackFiles } from "../preview/stack-files";
import { withSettings } from "./changed-settings";
import { closingHelp } from "./closing-help";
import { configurationsOf } from "./configurations";
import { Progress } from "./progress";
import { readPriceTable } from "./price-table";
import { readLoad } from "./read-load";
import { renderJson } from "./render-json";
import { renderText } from "./render-text";
import { renderRunError } from "./run-error";
import {
  numberOptions,
  readNumbers,
  timingOf,
  workloadOf,
  type WrittenNumbers,
} from "./run-options";
import type { Report } from "./run-result";
import { simulateAll } from "./simulate-all";
import { usualRun } from "./usual-run";
import { makeFolder, writeWhole } from "./write-whole";

/** What the command needs of the world around it. */
export interface Surroundings {
  /** Folder of the project. */
  readonly directory: string;
  readonly environment: Environment;
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly readPlan: (files: StackFiles) => Promise<StackPlan>;
  /** The report as a page for a browser. */
  readonly renderHtml: (report: Report) => string;
}

type Options = WrittenNumbers & {
  readonly trace: string;
  readonly event: readonly string[];
  readonly with: readonly string[];
  readonly compare?: string;
  readonly prices?: string;
  readonly json?: true;
  readonly out?: string;
  readonly color: boolean;
};

/** Runs the command; gives its exit code: 0, or 1 for an error. */
export async function run(args: readonly string[], around: Surroundings): Promise<0 | 1> {
  const command = commandFor(around);
  const ended = parseArguments(command, args);
  if (ended !== undefined) return ended;
  const { environment, stdout, stderr } = around;
  const options = command.opts<Options>();
  const progress = new Progress(stderr);
  try {
    const stack = command.processedArgs[0] as string | undefined;
    const report = await reportOn(stack, options, around, progress);
    const written = options.out === undefined ? [] : writeReport(options.out, report, around);
    progress.end();
    const screen = screenOf(stdout, environment, options.color);
    stdout.write(options.json === true ? renderJson(report) : textWith(report, written, screen));
    return 0;
  } catch (error) {
    progress.end();
    stderr.write(renderRunError(error, "simulation"));
    return 1;
  }
}

async function reportOn(
  stack: string | undefined,
  options: Options,
  { directory, readPlan }: Surroundings,
  progress: Progress,
): Promise<Report> {
  const numbers = readNumbers(options);
  const { seed = usualRun.seed, tick = usualRun.tickSeconds } = numbers;
  const prices = readPriceTable(options.prices);
  const projects: string[] = [];
  const configurations = await configurationsOf({
    stack,
    settings: options.with,
    compare: options.compare,
    stacks: listStacks(directory),
    overrides: { workload: workloadOf(numbers), timing: timingOf(numbers) },
    readPlan: (name, settings) => {
      const files = loadStackFiles(directory, name);
      projects.push(files.project);
      return readPlan(settings === undefined ? files : withSettings(files, settings));
    },
  });
  const { load, notes } = await readLoad(options.trace, numbers, configurations[0].model, progress);
  // After everything that may be refused, and before the run, which may be long.
  if (options.out !== undefined) makeFolder(options.out);
  const runs = simulateAll(configurations, load, {
    seed,
    tickSeconds: tick,
    events: options.event,
    prices,
    onProgress: progress.report,
  });
  return { project: projects[0] ?? "", load, loadNotes: notes, runs };
}

function writeReport(
  directory: string,
  report: Report,
  { renderHtml }: Pick<Surroundings, "renderHtml">,
): string[] {
  return writeWhole(directory, {
    "report.html": renderHtml(report),
    "report.json": renderJson(report),
  });
}

function textWith(report: Report, written: readonly string[], screen: Screen): string {
  const files = written.length === 0 ? "" : `Written: ${written.join(", ")}\n`;
  return `${renderText(report, screen)}${files}`;
}

/** An option that may be given again. */
function collect(text: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, text];
}

function commandFor({ directory, stdout, stderr }: Surroundings): Command {
  const stacks = listStacks(directory).join(", ") || "none";
  const command = new Command("npm run simulate --")
    .usage("[stack] [options]")
    .description(
      "Sends traffic to a stack as it is configured and shows how its tasks and instances follow: what is late " +
        "or lost, what was binding, and what it costs. Needs no Pulumi CLI, no AWS account and no network.",
    )
    .argument("[stack]", `stack to simulate, here: ${stacks} (default: "dev")`)
    .option("--trace <file|name>", "CSV file or a named trace, see below", "daily")
    .option(
      "--event <events>",
      "what befalls the stack, as deployment@1h,zone-loss@2h+30m:zone=0,spot@3h:share=0.5",
      collect,
      [],
    )
    .option(
      "--with <settings>",
      "the stack beside itself with other settings, as minTasks=3,maxTasks=30; may be given again",
      collect,
      [],
    )
    .option("--compare <names>", "stacks and presets beside it, see below")
    .option("--prices <file>", "prices of another region as JSON, see below")
    .option("--json", "write everything as JSON")
    .option("--out <folder>", "write report.html and report.json to a folder");
  for (const { flags, meaning } of Object.values(numberOptions)) command.option(flags, meaning);
  return completeCommand(command, { script: "simulate", closingHelp, stdout, stderr });
}
