import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { compare } from "../../tools/compare/compare";
import { recordSide } from "../../tools/compare/record-side";
import { loadStackFiles } from "../../tools/preview/stack-files";
import { progress, runBenchmark, wholeNumber } from "../command-line";
import { describeMachine } from "../machine";
import { benchEnvironment, npmCommand } from "../preview/commands";
import { type Spread, spreadOf } from "../preview/comparison";
import { runCommand } from "../preview/run-command";
import { type CompareTimes, targets, timesPreview } from "./comparison";
import { sizedSide } from "./sized-sides";

const PROJECT = resolve(__dirname, "../..");
const RESOURCES = 1000;
const GRAPH_ROUNDS = 20;
/** Gives a task less memory: a new revision of the task definition, and what follows from it. */
const CHANGE = { key: "ecs-on-ec2:taskMemoryMiB", value: "448" } as const;

const cli = new Command("npm run bench:compare --")
  .description("time the comparison with a ref beside one preview, and that of large graphs")
  .option("--rounds <n>", "measured runs of each command, 1 to 100", wholeNumber(1, 100), 7)
  .option("--assert", "end with exit code 1 when a target is missed");

async function main(): Promise<void> {
  const options = cli.parse().opts<{ readonly rounds: number; readonly assert?: true }>();
  const { processors, processor, node, loadAverage } = describeMachine();
  const times = {
    ...(await timeCommands(options.rounds)),
    ...(await timeGraphs()),
  };
  const found = targets(times);
  const ratio = timesPreview(times);
  process.stdout.write(
    [
      `${processors} x ${processor}, Node ${node}, load average at the start ${loadAverage.toFixed(2)}; ${options.rounds} rounds, medians.`,
      "",
      "| Command | Time |",
      "| --- | ---: |",
      `| \`npm run preview\` | ${shown(spreadOf(times.previewMs), 1000, "s")} |`,
      `| \`npm run preview -- --against HEAD\` | ${shown(spreadOf(times.againstMs), 1000, "s")} |`,
      `| times as long | ${shown(ratio, 1, "")} |`,
      `| compare ${times.resources} resources, ${times.changes} of them changed | ${shown(spreadOf(times.graphMs), 1, "ms")} |`,
      "",
      "| Target | Measured | Reached |",
      "| --- | ---: | --- |",
      ...found.map(
        ({ target, measured, reached }) =>
          `| ${target} | ${measured} | ${reached ? "yes" : "**no**"} |`,
      ),
      "",
    ].join("\n"),
  );
  process.exitCode = options.assert === true && found.some(({ reached }) => !reached) ? 1 : 0;
}

/** Both commands in turn, in a clone with a setting changed, after one run of each that counts for nothing. */
async function timeCommands(
  rounds: number,
): Promise<Pick<CompareTimes, "previewMs" | "againstMs">> {
  const folder = mkdtempSync(join(tmpdir(), "bench-compare-"));
  try {
    const clone = join(folder, "clone");
    execFileSync("git", ["clone", "--quiet", "--no-hardlinks", PROJECT, clone]);
    symlinkSync(join(PROJECT, "node_modules"), join(clone, "node_modules"));
    appendFileSync(join(clone, "Pulumi.dev.yaml"), `  ${CHANGE.key}: ${CHANGE.value}\n`);
    const environment = benchEnvironment(process.env);
    const timed = async (...args: string[]): Promise<number> => {
      const command = npmCommand(["run", "preview", "--", ...args], clone, environment);
      const limits = { timeLimitMs: 60_000, signal: new AbortController().signal };
      return (await runCommand(command, limits)).wallMs;
    };
    const [previewMs, againstMs]: [number[], number[]] = [[], []];
    for (let round = 0; round <= rounds; round += 1) {
      progress(round === 0 ? "warm-up" : `round ${round} of ${rounds}`);
      const preview = await timed("dev");
      const against = await timed("dev", "--against", "HEAD");
      if (round > 0) {
        previewMs.push(preview);
        againstMs.push(against);
      }
    }
    return { previewMs, againstMs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeGraphs(): Promise<Pick<CompareTimes, "graphMs" | "resources" | "changes">> {
  process.chdir(PROJECT);
  const files = loadStackFiles(PROJECT, "dev");
  const changed = { ...files, config: { ...files.config, [CHANGE.key]: CHANGE.value } };
  const before = sizedSide(await recordSide(PROJECT, files, "before"), RESOURCES);
  const after = sizedSide(await recordSide(PROJECT, changed, "after"), RESOURCES);
  const graphMs: number[] = [];
  let changes = 0;
  // The first rounds compile.
  for (let round = -3; round < GRAPH_ROUNDS; round += 1) {
    const begin = performance.now();
    changes = compare(before, after, { allowDestruction: [] }).changes.length;
    if (round >= 0) {
      graphMs.push(performance.now() - begin);
    }
  }
  return { graphMs, resources: after.graph.resources.length, changes };
}

const shown = ({ median, lowest, highest }: Spread, unit: number, name: string): string => {
  const digits = unit === 1000 || name === "" ? 2 : 0;
  const [middle, least, most] = [median, lowest, highest].map((ms) => (ms / unit).toFixed(digits));
  return `${middle ?? ""} ${name} (${least ?? ""} to ${most ?? ""})`.replace("  ", " ");
};

runBenchmark(main);
