import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { progress, runBenchmark, wholeNumber } from "../command-line";
import { describeMachine } from "../machine";
import type { RunLimits } from "../preview/run-command";
import { growthRows, type SizedRuns, targets } from "./comparison";
import { EngineSandbox, findCli } from "./engine-sandbox";
import { type EngineBench, renderMarkdown } from "./render";
import { GROUP, writeSizedProgram } from "./sized-program";
import { copyProject, type Loading, readMarks, type StartUp } from "./start-up";

interface BenchOptions {
  readonly rounds: number;
  readonly sizes: readonly number[];
  readonly timeLimit: number;
  readonly json?: true;
  readonly assert?: true;
}

const project = resolve(__dirname, "../..");
const UP = ["up", "--yes", "--skip-preview"];

const cli = new Command("npm run bench:engine --")
  .description("time program, pack and growing programs under the real Pulumi engine")
  .option("--rounds <n>", "measured runs of each command, 1 to 100", wholeNumber(1, 100), 3)
  .option(
    "--sizes <n,…>",
    `resources of the growing programs, multiples of ${GROUP}`,
    sizes,
    [100, 500, 1000],
  )
  .option("--time-limit <s>", "seconds that one run may take", wholeNumber(1, 3600), 600)
  .option("--json", "print the result as JSON")
  .option("--assert", "end with exit code 1 when a target is missed");

async function main(): Promise<void> {
  const options = cli.parse().opts<BenchOptions>();
  const { path: pulumi, warning } = findCli();
  if (warning !== undefined) {
    progress(`warning: ${warning}`);
  }
  const interruption = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      interruption.abort(new Error("interrupted"));
    });
  }
  const limits = { timeLimitMs: options.timeLimit * 1000, signal: interruption.signal };
  const machine = machineText();
  const startUps = await measureStartUps(pulumi, options.rounds, limits);
  const runs: SizedRuns[] = [];
  for (const resources of options.sizes) {
    runs.push(await measureSize(pulumi, resources, options.rounds, limits));
  }
  const rows = growthRows(runs);
  const { rounds } = options;
  const result: EngineBench = { machine, rounds, startUps, rows, targets: targets(startUps, rows) };
  process.stdout.write(
    options.json === true ? `${JSON.stringify(result, null, 2)}\n` : renderMarkdown(result),
  );
  const missed = result.targets.some(({ reached }) => !reached);
  process.exitCode = options.assert === true && missed ? 1 : 0;
}

/** Previews of dev in both ways of loading, in turn, after one of each that counts for nothing. */
async function measureStartUps(
  pulumi: string,
  rounds: number,
  limits: RunLimits,
): Promise<Record<Loading, StartUp[]>> {
  const measured: Record<Loading, StartUp[]> = { shipped: [], naive: [] };
  const sandboxes = (["shipped", "naive"] as const).map((loading) => ({
    loading,
    sandbox: new EngineSandbox(pulumi, limits, (target) => {
      copyProject(project, target, loading);
    }),
  }));
  try {
    for (const { sandbox } of sandboxes) {
      await sandbox.init();
    }
    for (let round = 0; round <= rounds; round += 1) {
      progress(`start-up, ${round === 0 ? "warm-up" : `round ${round} of ${rounds}`}`);
      for (const { loading, sandbox } of sandboxes) {
        const previewMs = await sandbox.time(["preview", "--policy-pack", "policies"]);
        if (round > 0) {
          measured[loading].push({ ...readMarks(sandbox.project), previewMs });
        }
      }
    }
  } finally {
    for (const { sandbox } of sandboxes) {
      sandbox.remove();
    }
  }
  return measured;
}

/** Each round previews and deploys into an account that is empty, and deploys into another one. */
async function measureSize(
  pulumi: string,
  resources: number,
  rounds: number,
  limits: RunLimits,
): Promise<SizedRuns> {
  const [previewMs, upMs, upSavedOnceMs]: [number[], number[], number[]] = [[], [], []];
  const inEmptyAccount = async (measure: (sandbox: EngineSandbox) => Promise<void>) => {
    const sandbox = new EngineSandbox(pulumi, limits, (target) => {
      writeSizedProgram(project, target, resources);
    });
    try {
      await sandbox.init();
      await measure(sandbox);
    } finally {
      sandbox.remove();
    }
  };
  for (let round = 1; round <= rounds; round += 1) {
    progress(`${resources} resources, round ${round} of ${rounds}`);
    await inEmptyAccount(async (sandbox) => {
      previewMs.push(await sandbox.time(["preview"]));
      upMs.push(await sandbox.time(UP));
    });
    await inEmptyAccount(async (sandbox) => {
      upSavedOnceMs.push(await sandbox.time(UP, "once"));
    });
  }
  return { resources, previewMs, upMs, upSavedOnceMs };
}

function machineText(): string {
  const { processor, processors, memoryBytes, system, node, loadAverage } = describeMachine();
  const memory = `${(memoryBytes / 1e9).toFixed(0)} GB`;
  return `${processors} x ${processor}, ${memory}, ${system}, Node ${node}, load average at the start ${loadAverage.toFixed(2)}`;
}

function sizes(text: string): readonly number[] {
  return text.split(",").map((each) => {
    const size = wholeNumber(GROUP, 10_000)(each);
    if (size % GROUP !== 0) {
      throw new InvalidArgumentError(`${each} is no multiple of ${GROUP}`);
    }
    return size;
  });
}

runBenchmark(main);
