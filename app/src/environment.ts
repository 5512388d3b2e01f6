export const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** What the service takes from its environment, checked and with its defaults filled in. */
export interface Environment {
  /** `PORT`: TCP port to listen on; 0 takes any free one. */
  readonly port: number;
  /** `APP_LOG_LEVEL`: least severe level that is logged. */
  readonly logLevel: LogLevel;
  /** `APP_DRAIN_MILLISECONDS`: time after SIGTERM in which requests are still served while readiness fails. */
  readonly drainMilliseconds: number;
  /** `APP_STOP_MILLISECONDS`: time after SIGTERM at which the process ends, finished or not. */
  readonly stopMilliseconds: number;
  /** `APP_KEEP_ALIVE_MILLISECONDS`: time that an idle connection is kept open. */
  readonly keepAliveMilliseconds: number;
  /** `APP_MAX_EVENT_LOOP_DELAY_MILLISECONDS`: mean delay above which requests are refused; 0 for never. */
  readonly maxEventLoopDelayMilliseconds: number;
  /** `APP_MAX_HEAP_PERCENT`: used share of V8's heap limit above which requests are refused; 0 for never. */
  readonly maxHeapPercent: number;
  /** `APP_MAX_RSS_MEBIBYTES`: resident memory above which requests are refused; 0 for never. */
  readonly maxRssMebibytes: number;
  /** `APP_WORK_MAX_MILLISECONDS`: longest load that `/work` accepts; 0 for no `/work`. */
  readonly workMaxMilliseconds: number;
  /** `APP_WORK_MAX_CONCURRENCY`: loads that `/work` accepts at the same time. */
  readonly workMaxConcurrency: number;
  /** `ECS_CONTAINER_METADATA_URI_V4`, set by the ECS agent; undefined elsewhere. */
  readonly metadataUri: string | undefined;
  /** `ECS_CONTAINER_METADATA_FILE`, set by an ECS agent with ECS_ENABLE_CONTAINER_METADATA; undefined elsewhere. */
  readonly metadataFile: string | undefined;
}

/** Every fault of an environment at once. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";

  constructor(readonly faults: readonly string[]) {
    super(["the environment is not valid:", ...faults.map((fault) => `  ${fault}`)].join("\n"));
  }
}

interface WholeNumber {
  readonly minimum: number;
  readonly maximum: number;
  readonly fallback: number;
  /** 0 is allowed below the minimum too, and switches off what the variable limits. */
  readonly zeroIsOff?: true;
}

const wholeNumbers = {
  PORT: { minimum: 0, maximum: 65_535, fallback: 3000 },
  // The load balancer looks elsewhere after three failed health checks, 5 s apart; one more for the moment of the first.
  APP_DRAIN_MILLISECONDS: { minimum: 0, maximum: 119_000, fallback: 20_000 },
  // ECS allows 120 s between SIGTERM and SIGKILL, and ending in time keeps the exit code 0.
  APP_STOP_MILLISECONDS: { minimum: 1, maximum: 120_000, fallback: 50_000 },
  // The load balancer must be the one that closes an idle connection, or it sends a request into
  // a closing one and answers 502. Its idle timeout is 60 s unless configured, 4000 s at most.
  APP_KEEP_ALIVE_MILLISECONDS: { minimum: 1000, maximum: 4_100_000, fallback: 72_000 },
  // High, since refused requests take no processor time: refused too early, they hide the load from
  // what would scale the service out. Less than 20 ms is the noise of a small share of a processor.
  APP_MAX_EVENT_LOOP_DELAY_MILLISECONDS: {
    minimum: 20,
    maximum: 60_000,
    fallback: 1000,
    zeroIsOff: true,
  },
  // Above, V8 collects garbage without end before it aborts. Half is what a healthy heap may fill.
  APP_MAX_HEAP_PERCENT: { minimum: 50, maximum: 100, fallback: 90, zeroIsOff: true },
  // Off, since memory that was resident once seldom becomes free again, and the service would refuse
  // requests for good. At rest the process has less than the minimum.
  APP_MAX_RSS_MEBIBYTES: { minimum: 128, maximum: 1_048_576, fallback: 0, zeroIsOff: true },
  // Off, since who may call it may put load on the service. The load balancer waits for 60 s.
  APP_WORK_MAX_MILLISECONDS: { minimum: 1, maximum: 60_000, fallback: 0, zeroIsOff: true },
  // Each one delays every other request by 4 ms at most, so that health checks are answered in time.
  APP_WORK_MAX_CONCURRENCY: { minimum: 1, maximum: 64, fallback: 16 },
} satisfies Record<string, WholeNumber>;

const settings: readonly string[] = ["APP_LOG_LEVEL", ...Object.keys(wholeNumbers)]
  .filter((name) => name.startsWith("APP_"))
  .sort();

/**
 * Reads the settings of the service from `variables`, usually `process.env`. Variables that do not
 * begin with `APP_` belong to others and are ignored, except those that Environment names.
 *
 * @throws EnvironmentError with every bad value and every unknown `APP_` variable
 */
export function loadEnvironment(variables: Readonly<NodeJS.ProcessEnv>): Environment {
  const faults: string[] = [];

  const wholeNumber = (name: keyof typeof wholeNumbers): number => {
    const { minimum, maximum, fallback, zeroIsOff }: WholeNumber = wholeNumbers[name];
    const text = variables[name];
    if (text === undefined) return fallback;
    const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
    if ((value >= minimum && value <= maximum) || (zeroIsOff === true && value === 0)) return value;
    const off = zeroIsOff === true ? "0 for off or " : "";
    faults.push(
      `${name} is ${JSON.stringify(text)}, allowed is ${off}a whole number from ${minimum} to ${maximum}, remove it to get ${fallback}`,
    );
    return NaN;
  };

  for (const name of Object.keys(variables).sort()) {
    if (name.startsWith("APP_") && !settings.includes(name)) {
      faults.push(
        `${name} is not a setting, allowed are ${settings.join(", ")}, correct its name or remove it`,
      );
    }
  }
  const environment: Environment = {
    port: wholeNumber("PORT"),
    logLevel: readLogLevel(variables["APP_LOG_LEVEL"], faults),
    drainMilliseconds: wholeNumber("APP_DRAIN_MILLISECONDS"),
    stopMilliseconds: wholeNumber("APP_STOP_MILLISECONDS"),
    keepAliveMilliseconds: wholeNumber("APP_KEEP_ALIVE_MILLISECONDS"),
    maxEventLoopDelayMilliseconds: wholeNumber("APP_MAX_EVENT_LOOP_DELAY_MILLISECONDS"),
    maxHeapPercent: wholeNumber("APP_MAX_HEAP_PERCENT"),
    maxRssMebibytes: wholeNumber("APP_MAX_RSS_MEBIBYTES"),
    workMaxMilliseconds: wholeNumber("APP_WORK_MAX_MILLISECONDS"),
    workMaxConcurrency: wholeNumber("APP_WORK_MAX_CONCURRENCY"),
    metadataUri: readMetadataUri(variables["ECS_CONTAINER_METADATA_URI_V4"], faults),
    metadataFile: variables["ECS_CONTAINER_METADATA_FILE"],
  };
  faults.push(...relationFaults(environment));
  if (faults.length > 0) throw new EnvironmentError(faults);
  return environment;
}

/** Faults of values that are allowed alone but not together; a bad value is NaN, and one fault is enough for it. */
function relationFaults(environment: Environment): readonly string[] {
  const { drainMilliseconds, stopMilliseconds, workMaxMilliseconds } = environment;
  if (drainMilliseconds >= stopMilliseconds) {
    return [
      `APP_DRAIN_MILLISECONDS is ${drainMilliseconds}, allowed is less than APP_STOP_MILLISECONDS, which is ${stopMilliseconds}, shorten the drain or stop later`,
    ];
  }
  const left = stopMilliseconds - drainMilliseconds;
  // A load that is accepted when the drain ends must be done before the deadline.
  if (workMaxMilliseconds > 0 && workMaxMilliseconds >= left) {
    return [
      `APP_WORK_MAX_MILLISECONDS is ${workMaxMilliseconds}, allowed is less than APP_STOP_MILLISECONDS without APP_DRAIN_MILLISECONDS, which is ${left}, shorten the work or stop later`,
    ];
  }
  return [];
}

function readLogLevel(text: string | undefined, faults: string[]): LogLevel {
  if (text === undefined) return "info";
  const level = logLevels.find((known) => known === text);
  if (level !== undefined) return level;
  faults.push(
    `APP_LOG_LEVEL is ${JSON.stringify(text)}, allowed are ${logLevels.join(", ")}, remove it to get info`,
  );
  return "info";
}

function readMetadataUri(text: string | undefined, faults: string[]): string | undefined {
  if (text === undefined || /^https?:$/.test(protocolOf(text))) return text;
  faults.push(
    `ECS_CONTAINER_METADATA_URI_V4 is ${JSON.stringify(text)}, allowed is an http address, leave it to the ECS agent`,
  );
  return undefined;
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : "";
}
