import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Command } from "./commands";

/** Wraps a command so that the peak of its memory can be read once it has ended. */
export interface MemoryMeter {
  readonly kind: "time" | "node";
  /** The command to run in place of the given one, and how to read what it used. */
  readonly meter: (command: Command) => { command: Command; readPeakRssBytes: () => number };
}

const kibibyte = 1024;

/**
 * The best meter of this machine. `time` sees every process, the other one only those of Node:
 * getrusage knows the children of a process, and Node has no call for it.
 *
 * @param folder - An existing folder for the meter's files, one subfolder a run.
 * @param timeProgram - GNU's or BusyBox's time; another program at this path is not used.
 */
export function memoryMeter(folder: string, timeProgram = "/usr/bin/time"): MemoryMeter {
  let run = 0;
  const nextFolder = () => {
    run += 1;
    const path = join(folder, `run-${run}`);
    mkdirSync(path);
    return path;
  };
  return knowsFormat(timeProgram)
    ? { kind: "time", meter: (command) => meterByTime(timeProgram, command, nextFolder()) }
    : { kind: "node", meter: (command) => meterByNode(command, nextFolder()) };
}

/** Tried rather than looked up: a file of this name also exists where it knows no format (BSD, macOS). */
function knowsFormat(timeProgram: string): boolean {
  const probe = spawnSync(timeProgram, ["-f", "%M", process.execPath, "--version"], {
    encoding: "utf8",
    timeout: 10_000,
  });
  return /^\d+\s*$/.test(probe.stderr);
}

function meterByTime(
  timeProgram: string,
  command: Command,
  folder: string,
): ReturnType<MemoryMeter["meter"]> {
  const report = join(folder, "time");
  return {
    command: {
      ...command,
      file: timeProgram,
      args: ["-f", "%M", "-o", report, command.file, ...command.args],
    },
    readPeakRssBytes: () => parsePeakRss([readFileSync(report, "utf8")]),
  };
}

function meterByNode(command: Command, folder: string): ReturnType<MemoryMeter["meter"]> {
  const preload = require.resolve("./record-peak-rss.cjs").replaceAll("\\", "\\\\");
  return {
    command: {
      ...command,
      env: {
        ...command.env,
        NODE_OPTIONS: `--require "${preload}"`,
        BENCH_PEAK_RSS_FOLDER: folder,
      },
    },
    readPeakRssBytes: () =>
      parsePeakRss(readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"))),
  };
}

/**
 * The largest of several readings in KiB, in bytes; both meters write KiB (getrusage's unit on
 * Linux, process.resourceUsage's everywhere). Throws an Error for no reading or one that is no number.
 */
export function parsePeakRss(readings: readonly string[]): number {
  const kibibytes = readings.map((reading) => Number.parseInt(reading.trim(), 10));
  if (kibibytes.length === 0 || kibibytes.some(Number.isNaN)) {
    throw new Error(
      `peak memory: got ${JSON.stringify(readings)}, expected whole numbers of KiB; ` +
        "the measured command was probably killed",
    );
  }
  return Math.max(...kibibytes) * kibibyte;
}
