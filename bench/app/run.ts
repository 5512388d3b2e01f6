import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { Command as Cli } from "commander";
import { progress, runBenchmark, wholeNumber } from "../command-line";
import { describeMachine } from "../machine";

import { npmCommand } from "../preview/commands";
import { runCommand } from "../preview/run-command";
import {
  compare,
  type LoadMeasurement,
  type LoadSample,
  type Logging,
  type StartMeasurement,
} from "./comparison";
import { loadServer, type LoadOptions } from "./load";
import { renderMarkdown, type BenchResult, type Setting } from "./render-comparison";
import { ServerProcess } from "./server-process";
import { askForAnswer, differences, peersOf, service, type BenchServer } from "./servers";

interface BenchOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly json?: true;
  readonly assert?: true;
}

/** A server that stays up for all rounds. */
interface Contestant {
  readonly server: BenchServer;
  readonly logging: Logging;
  readonly process: ServerProcess;
}

const project = resolve(__dirname, "../..");
const buildTimeLimitMs = 120_000;
/** Time after which a started server has nothing left to do. */
const restMilliseconds = 1000;

const cli = new Cli("npm run bench:app --")
  .description("load the service beside bare node:http and Express with the same answers")
  .option("--rounds <n>", "measured rounds, 1 to 100", wholeNumber(1, 100), 7)
  .option("--seconds <s>", "seconds of load on each server in a round", wholeNumber(1, 600), 4)
  .option("--connections <n>", "connections, each with one request", wholeNumber(1, 1000), 100)
  .option("--json", "print the result as JSON")
  .option("--assert", "end with exit code 1 when a target is missed");

async function main(): Promise<void> {
  const options = cli.parse().opts<BenchOptions>();
  const interruption = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      interruption.abort(new Error("interrupted"));
    });
  }
  const result = await bench(options, interruption.signal);
  process.stdout.write(
    options.json === true ? `${JSON.stringify(result, null, 2)}\n` : renderMarkdown(result),
  );
  const missed = result.comparison.targets.some(({ binding, reached }) => binding && !reached);
  process.exitCode = options.assert === true && missed ? 1 : 0;
}

async function bench(options: BenchOptions, signal: AbortSignal): Promise<BenchResult> {
  const { rounds, seconds, connections } = options;
  const setting = describeSetting(options);
  progress("building the service");
  const build = npmCommand(["run", "build", "--workspace", "app"], project, process.env);
  await runCommand(build, { timeLimitMs: buildTimeLimitMs, signal });

  const servers = await findServers(signal);
  const starts = await measureStarts(
    servers.filter(({ showsStart }) => showsStart),
    rounds,
    signal,
  );
  const contestants: Contestant[] = [];
  try {
    for (const logging of ["each", "none"] as const) {
      for (const server of servers) {
        const { server: started } = await ServerProcess.start(server.program(logging), signal);
        contestants.push({ server, logging, process: started });
      }
    }
    const load = await measureLoad(contestants, rounds, { connections, seconds, signal });
    return { setting, load, starts, comparison: compare(load, starts) };
  } finally {
    await Promise.all(contestants.map((contestant) => contestant.process.end()));
  }
}

/** The service and its peers, once their answers are known to be the same. */
async function findServers(signal: AbortSignal): Promise<readonly BenchServer[]> {
  const ask = async ({ program }: BenchServer) => {
    const { server } = await ServerProcess.start(program("none"), signal);
    try {
      return [await askForAnswer(server.port), await askForAnswer(server.port)] as const;
    } finally {
      await server.end();
    }
  };
  const answers = await ask(service);
  const peers = peersOf(answers[0]);
  for (const peer of peers) {
    const [answer] = await ask(peer);
    const differing = differences(answers, answer);
    if (differing.length > 0) {
      throw new Error(`${peer.label} answers otherwise than the service: ${differing.join(", ")}`);
    }
  }
  return [service, ...peers];
}

async function measureStarts(
  servers: readonly BenchServer[],
  rounds: number,
  signal: AbortSignal,
): Promise<StartMeasurement[]> {
  const samples = servers.map(({ id, label }) => ({
    server: id,
    label,
    readyMilliseconds: [] as number[],
    restingRssBytes: [] as number[],
  }));
  for (let round = 0; round <= rounds; round += 1) {
    progress(round === 0 ? "starts, warm-up" : `starts, round ${round} of ${rounds}`);
    for (const [index, { program }] of servers.entries()) {
      const { server, readyMilliseconds } = await ServerProcess.start(program("each"), signal);
      try {
        await wait(restMilliseconds, undefined, { signal });
        if (round === 0) continue;
        samples[index]?.readyMilliseconds.push(readyMilliseconds);
        samples[index]?.restingRssBytes.push(server.rssBytes());
      } finally {
        await server.end();
      }
    }
  }
  return samples;
}

/** All servers once to warm up, then all of them in turn, each round beginning with another one. */
async function measureLoad(
  contestants: readonly Contestant[],
  rounds: number,
  options: LoadOptions,
): Promise<LoadMeasurement[]> {
  const samples = contestants.map((): LoadSample[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    progress(round === 0 ? "load, warm-up" : `load, round ${round} of ${rounds}`);
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const index = (round + turn) % contestants.length;
      const contestant = contestants[index];
      if (contestant === undefined) throw new RangeError(`no server ${index}`);
      const sample = await sampleLoad(contestant, options);
      if (round > 0) samples[index]?.push(sample);
    }
  }
  return contestants.map(({ server, logging }, index) => ({
    server: server.id,
    label: server.label,
    logging,
    rounds: samples[index] ?? [],
  }));
}

async function sampleLoad(contestant: Contestant, options: LoadOptions): Promise<LoadSample> {
  const before = contestant.process.cpuSeconds();
  const result = await loadServer(contestant.process.port, options);
  const after = contestant.process.cpuSeconds();
  const cpuSeconds = before === undefined || after === undefined ? undefined : after - before;
  return { ...result, cpuSeconds };
}

function describeSetting({ rounds, seconds, connections }: BenchOptions): Setting {
  return { ...describeMachine(), rounds, seconds, connections };
}

runBenchmark(main);
