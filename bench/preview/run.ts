import { existsSync, mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import * as os from "node:os";
import { join, resolve } from "node:path";

import { Command as Cli } from "commander";
import { progress, runBenchmark, wholeNumber } from "../command-line";
import { describeMachine } from "../machine";

import type { ResourceGraph } from "../../tools/preview/graph";
import { countTemplateResources, installCdkApp } from "./cdk-app-folder";
import {
  benchEnvironment,
  cdkCommands,
  npmCommand,
  projectCommands,
  sdkPackages,
  type TimedCommand,
} from "./commands";
import { compare, type Measurement, type Sample } from "./comparison";
import { memoryMeter, type MemoryMeter } from "./peak-memory";
import { renderMarkdown, type BenchResult, type PreviewMachine } from "./render-comparison";
import { runCommand, type RunLimits } from "./run-command";

interface BenchOptions {
  readonly rounds: number;
  readonly timeLimit: number;
  readonly skipCdk?: true;
  readonly keep?: true;
  readonly json?: true;
  readonly assert?: true;
}

const project = resolve(__dirname, "../..");
const installTimeLimitMs = 600_000;

const cli = new Cli("npm run bench:preview --")
  .description("time the preview of dev beside the bare import of its packages and cdk synth")
  .option("--rounds <n>", "measured runs of each command, 1 to 100", wholeNumber(1, 100), 7)
  .option("--time-limit <s>", "seconds that one run may take", wholeNumber(1, 3600), 120)
  .option("--skip-cdk", "leave cdk synth out; needs no package registry")
  .option("--keep", "keep the temporary folder with the CDK app")
  .option("--json", "print the result as JSON")
  .option("--assert", "end with exit code 1 when a target is missed");

async function main(): Promise<void> {
  const options = cli.parse().opts<BenchOptions>();
  checkProject();
  const interruption = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      interruption.abort(new Error("interrupted"));
    });
  }

  const folder = await mkdtemp(join(os.tmpdir(), "bench-preview-"));
  try {
    const result = await bench(folder, options, interruption.signal);
    process.stdout.write(
      options.json === true ? `${JSON.stringify(result, null, 2)}\n` : renderMarkdown(result),
    );
    const missed = result.comparison.targets.some(({ binding, reached }) => binding && !reached);
    process.exitCode = options.assert === true && missed ? 1 : 0;
  } finally {
    if (options.keep === true) {
      progress(`kept ${folder}`);
    } else {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }
}

async function bench(
  folder: string,
  options: BenchOptions,
  signal: AbortSignal,
): Promise<BenchResult> {
  const env = benchEnvironment(process.env);
  const limits = { timeLimitMs: options.timeLimit * 1000, signal };
  const installLimits = { timeLimitMs: installTimeLimitMs, signal };
  const cdkFolder = join(folder, "cdk-app");
  const machine = await describePreviewMachine(env, limits);
  const commands = projectCommands(project, env);
  if (options.skipCdk !== true) {
    progress("installing the CDK app");
    mkdirSync(cdkFolder);
    const sources = { template: join(__dirname, "cdk-app"), image: join(project, "app") };
    await installCdkApp(cdkFolder, sources, env, installLimits);
    commands.push(...cdkCommands(cdkFolder, env));
  }

  const meter = memoryMeter(folder);
  const measurements = await measureInRounds(commands, options.rounds, meter, limits);
  return {
    rounds: options.rounds,
    machine,
    memoryMeter: meter.kind,
    resources: {
      ...(await countPreviewResources(env, limits)),
      cdkResources: options.skipCdk === true ? undefined : await countTemplateResources(cdkFolder),
    },
    measurements,
    comparison: compare(measurements),
  };
}

/** All commands once to warm up, then all of them in turn, round by round. */
async function measureInRounds(
  commands: readonly TimedCommand[],
  rounds: number,
  meter: MemoryMeter,
  limits: RunLimits,
): Promise<Measurement[]> {
  const runAll = async (title: string) => {
    progress(title);
    const samples: Sample[] = [];
    for (const { command, prepare } of commands) {
      await prepare?.();
      samples.push(await sample(command, meter, limits));
    }
    return samples;
  };

  const warmUp = await runAll("warm-up");
  const measured: Sample[][] = [];
  for (let round = 1; round <= rounds; round += 1) {
    measured.push(await runAll(`round ${round} of ${rounds}`));
  }
  return commands.map(({ id, label }, index) => ({
    command: id,
    label,
    warmUp: sampleAt(warmUp, index),
    rounds: measured.map((samples) => sampleAt(samples, index)),
  }));
}

function sampleAt(samples: readonly Sample[], index: number): Sample {
  const found = samples[index];
  if (found === undefined) {
    throw new RangeError(`no sample of command ${index}`);
  }
  return found;
}

async function sample(
  command: TimedCommand["command"],
  meter: MemoryMeter,
  limits: RunLimits,
): Promise<Sample> {
  const metered = meter.meter(command);
  const { wallMs } = await runCommand(metered.command, limits);
  return { wallMs, peakRssBytes: metered.readPeakRssBytes() };
}

async function countPreviewResources(
  env: NodeJS.ProcessEnv,
  limits: RunLimits,
): Promise<{ previewResources: number; previewComponents: number }> {
  const command = npmCommand(["run", "--silent", "preview", "--", "--json"], project, env);
  const { stdout } = await runCommand(command, limits);
  const { resources } = JSON.parse(stdout) as ResourceGraph;
  const custom = resources.filter((resource) => resource.custom).length;
  const stacks = resources.filter(({ parent }) => parent === undefined).length;
  return { previewResources: custom, previewComponents: resources.length - custom - stacks };
}

async function describePreviewMachine(
  env: NodeJS.ProcessEnv,
  limits: RunLimits,
): Promise<PreviewMachine> {
  const { stdout } = await runCommand(npmCommand(["--version"], project, env), limits);
  return { ...describeMachine(), npm: stdout.trim() };
}

function checkProject(): void {
  const missing = sdkPackages.filter((name) => !existsSync(join(project, "node_modules", name)));
  if (missing.length > 0) {
    throw new Error(`node_modules: ${missing.join(", ")} not found; run \`npm ci\` first`);
  }
}

runBenchmark(main);
