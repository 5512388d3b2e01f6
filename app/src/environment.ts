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
}

const wholeNumbers = {
  PORT: { minimum: 0, maximum: 65_535, fallback: 3000 },
  // Two health checks of the load balancer, 5 s apart, are enough for it to look elsewhere.
  APP_DRAIN_MILLISECONDS: { minimum: 0, maximum: 119_000, fallback: 10_000 },
  // ECS allows 120 s between SIGTERM and SIGKILL, and ending in time keeps the exit code 0.
  APP_STOP_MILLISECONDS: { minimum: 1, maximum: 120_000, fallback: 50_000 },
  // The load balancer must be the one that closes an idle connection, or it sends a request into
  // a closing one and answers 502. Its idle timeout is 60 s unless configured, 4000 s at most.
  APP_KEEP_ALIVE_MILLISECONDS: { minimum: 1000, maximum: 4_100_000, fallback: 72_000 },
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
    const { minimum, maximum, fallback } = wholeNumbers[name];
    const text = variables[name];
    if (text === undefined) return fallback;
    const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
    if (value >= minimum && value <= maximum) return value;
    faults.push(
      `${name} is ${JSON.stringify(text)}, allowed is a whole number from ${minimum} to ${maximum}, remove it to get ${fallback}`,
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
    metadataUri: readMetadataUri(variables["ECS_CONTAINER_METADATA_URI_V4"], faults),
    metadataFile: variables["ECS_CONTAINER_METADATA_FILE"],
  };
  const { drainMilliseconds, stopMilliseconds } = environment;
  // Never true of NaN, which a bad value became: one fault is enough for it.
  if (drainMilliseconds >= stopMilliseconds) {
    faults.push(
      `APP_DRAIN_MILLISECONDS is ${drainMilliseconds}, allowed is less than APP_STOP_MILLISECONDS, which is ${stopMilliseconds}, shorten the drain or stop later`,
    );
  }
  if (faults.length > 0) throw new EnvironmentError(faults);
  return environment;
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
