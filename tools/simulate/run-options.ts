import type { TimingModel, WorkloadModel } from "../../capacity/simulate/scaling-model";
import { InputFileError } from "../policy/json-file";
import { usualTiming } from "./stack-model";

/** The numbers of the command line as they are written there. */
export type WrittenNumbers = Readonly<Partial<Record<NumberName, string>>>;

interface NumberOption {
  /** As commander takes it. */
  readonly flags: string;
  readonly meaning: string;
  /** What may be written, for a message. */
  readonly rule: string;
  readonly allows: (value: number) => boolean;
}

const whole = (least: number, most: number) => ({
  rule: `a whole number from ${least} to ${most}`,
  allows: (value: number) => Number.isInteger(value) && value >= least && value <= most,
});
const above = (unit: string, most = Infinity) => ({
  rule: `${unit} above 0${most === Infinity ? "" : `, at most ${most}`}`,
  allows: (value: number) => value > 0 && value <= most,
});
const notNegative = (unit: string) => ({
  rule: `${unit}, 0 or more`,
  allows: (value: number) => value >= 0,
});

/** Every option that takes a number. */
export const numberOptions = {
  days: { flags: "--days <n>", meaning: "length of the load in days", ...above("days", 366) },
  scale: { flags: "--scale <x>", meaning: "factor on every request", ...above("a factor") },
  peakTasks: {
    flags: "--peak-tasks <n>",
    meaning: "scale the load so that its peak needs n tasks at their target",
    ...above("tasks"),
  },
  seed: { flags: "--seed <n>", meaning: "seed of everything random", ...whole(0, 4_294_967_295) },
  tick: { flags: "--tick <s>", meaning: "length of a step of the simulation", ...whole(1, 60) },
  cpuMs: {
    flags: "--cpu-ms <ms>",
    meaning: "CPU time of a request; by default what the stack's targets imply",
    ...above("milliseconds"),
  },
  waitMs: {
    flags: "--wait-ms <ms>",
    meaning: "time that a request waits for others, such as a database",
    ...notNegative("milliseconds"),
  },
  objectiveMs: {
    flags: "--objective-ms <ms>",
    meaning: "time within which a request meets the objective; by default the latency alarm's",
    ...above("milliseconds"),
  },
  objectiveShare: {
    flags: "--objective-share <share>",
    meaning: "share of a minute's requests that may miss it",
    ...{ rule: "a share from 0 to 1", allows: (value: number) => value >= 0 && value <= 1 },
  },
  maxQueue: {
    flags: "--max-queue <s>",
    meaning: "longest wait of a request before it is lost",
    ...notNegative("seconds"),
  },
  instanceReady: {
    flags: "--instance-ready <s>",
    meaning: "launch of an instance to its registration with the cluster",
    ...notNegative("seconds"),
  },
  instanceReadyJitter: {
    flags: "--instance-ready-jitter <s>",
    meaning: "longest deviation from that",
    ...notNegative("seconds"),
  },
  imagePull: {
    flags: "--image-pull <s>",
    meaning: "first pull of the image on an instance",
    ...notNegative("seconds"),
  },
  applicationStart: {
    flags: "--application-start <s>",
    meaning: "start of the container to its first good answer",
    ...notNegative("seconds"),
  },
  shutdown: {
    flags: "--shutdown <s>",
    meaning: "SIGTERM to the end of the container",
    ...notNegative("seconds"),
  },
  metricLag: {
    flags: "--metric-lag <s>",
    meaning: "end of a minute to the datapoint that alarms see",
    ...notNegative("seconds"),
  },
} as const satisfies Readonly<Record<string, NumberOption>>;

type NumberName = keyof typeof numberOptions;

/** The numbers that were given. */
export type Numbers = Readonly<Partial<Record<NumberName, number>>>;

/**
 * Reads the numbers of the command line.
 * @throws InputFileError with every one that is wrong
 */
export function readNumbers(written: WrittenNumbers): Numbers {
  const faults: string[] = [];
  const numbers: Partial<Record<NumberName, number>> = {};
  for (const [name, option] of Object.entries(numberOptions) as [NumberName, NumberOption][]) {
    const text = written[name];
    if (text === undefined) continue;
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    if (option.allows(value)) {
      numbers[name] = value;
    } else {
      faults.push(`${option.flags.split(" ")[0] ?? ""}: got '${text}', must be ${option.rule}`);
    }
  }
  if (faults.length > 0) throw new InputFileError("arguments", faults);
  return numbers;
}

/** What the command line says of a request. */
export function workloadOf(numbers: Numbers): Partial<WorkloadModel> {
  return given({
    cpuMillisecondsPerRequest: numbers.cpuMs,
    waitMillisecondsPerRequest: numbers.waitMs,
    objectiveMilliseconds: numbers.objectiveMs,
    objectiveShare: numbers.objectiveShare,
    maxQueueSeconds: numbers.maxQueue,
  });
}

/** What the command line says of delays. */
export function timingOf(numbers: Numbers): Partial<TimingModel> {
  const { metricLag } = numbers;
  return {
    ...given({
      instanceReadySeconds: numbers.instanceReady,
      instanceReadyJitterSeconds: numbers.instanceReadyJitter,
      imagePullSeconds: numbers.imagePull,
      applicationStartSeconds: numbers.applicationStart,
      shutdownSeconds: numbers.shutdown,
    }),
    ...(metricLag === undefined
      ? {}
      : { metricLagSeconds: { ...usualTiming.metricLagSeconds, 60: metricLag } }),
  };
}

/** The fields that have a value. */
function given<K extends string>(
  fields: Readonly<Record<K, number | undefined>>,
): Partial<Record<K, number>> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<Record<K, number>>;
}
