/** What is timed; the names are those of the JSON output. */
export type CommandId =
  "import" | "preview" | "preview-first" | "cdk-init" | "cdk-ts-node" | "cdk-compiled";

/** One run of a command. */
export interface Sample {
  /** From the start of the process to its end. */
  readonly wallMs: number;
  /** Resident memory of the largest process that the command started, at its peak. */
  readonly peakRssBytes: number;
}

/** All runs of a command. */
export interface Measurement {
  readonly command: CommandId;
  readonly label: string;
  /** The first run; it fills caches and counts for nothing. */
  readonly warmUp: Sample;
  /** One sample a round: the same index is the same round for every command. */
  readonly rounds: readonly Sample[];
}

export interface Spread {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

export interface ComparisonRow {
  readonly command: CommandId;
  readonly label: string;
  readonly wallMs: Spread;
  /** The highest of all rounds. */
  readonly peakRssBytes: number;
  /** This command's time divided by the preview's in the same round. */
  readonly timesPreview: Spread;
}

export interface TargetResult {
  readonly target: string;
  readonly limit: number;
  readonly measured: number;
  /** Of the rounds; undefined for a target that the worst round decides. */
  readonly spread: Spread | undefined;
  readonly reached: boolean;
  /** True for what `--assert` insists on, false for what is shown beside it. */
  readonly binding: boolean;
}

export interface Comparison {
  readonly rows: readonly ComparisonRow[];
  readonly targets: readonly TargetResult[];
}

const highestTimesImport = 2.0;
const lowestTimesFasterThanCdk = 5.0;
const highestPeakRssBytes = 350e6;

/** The middle value, or the mean of the two middle ones. Throws a RangeError for no values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) {
    throw new RangeError("a median needs at least one value");
  }
  return (lower + upper) / 2;
}

/** Median, lowest and highest value. Throws a RangeError for no values. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), lowest: Math.min(...values), highest: Math.max(...values) };
}

/**
 * The quotient of each round. What slows the machine down for a while slows both halves of a pair,
 * so these vary less than the quotient of two medians. Throws a RangeError for unequal lengths.
 */
export function pairwiseRatios(
  numerators: readonly number[],
  denominators: readonly number[],
): number[] {
  if (numerators.length !== denominators.length) {
    throw new RangeError(
      `pairs need as many numerators (${numerators.length}) as denominators (${denominators.length})`,
    );
  }
  return numerators.map((numerator, round) => numerator / (denominators[round] ?? NaN));
}

/**
 * Rows and targets of one run of the benchmark. Takes at least the measurements of `import` and
 * `preview`; targets about a CDK variant appear where it was measured.
 */
export function compare(measurements: readonly Measurement[]): Comparison {
  const preview = find(measurements, "preview");
  const bareImport = find(measurements, "import");
  if (preview === undefined || bareImport === undefined) {
    throw new RangeError("a comparison needs the measurements of import and preview");
  }

  const previewTimes = wallTimes(preview);
  const rows = measurements.map((measurement) => ({
    command: measurement.command,
    label: measurement.label,
    wallMs: spreadOf(wallTimes(measurement)),
    peakRssBytes: peakRss(measurement),
    timesPreview: spreadOf(pairwiseRatios(wallTimes(measurement), previewTimes)),
  }));

  const peak = peakRss(preview);
  return {
    rows,
    targets: [
      ...measurements
        .filter(({ command }) => command.startsWith("preview"))
        .map((measurement) => targetAgainstImport(measurement, bareImport)),
      ...rows.filter(({ command }) => command.startsWith("cdk-")).map(targetAgainstCdk),
      {
        target: "preview stays below 350 MB of resident memory",
        limit: highestPeakRssBytes,
        measured: peak,
        spread: undefined,
        reached: peak < highestPeakRssBytes,
        binding: true,
      },
    ],
  };
}

/** Binding for the preview as it usually runs; the very first run in a clone is shown beside it. */
function targetAgainstImport(measured: Measurement, bareImport: Measurement): TargetResult {
  const timesImport = spreadOf(pairwiseRatios(wallTimes(measured), wallTimes(bareImport)));
  return {
    target: `${measured.label} takes at most 2.0 times the bare import`,
    limit: highestTimesImport,
    measured: timesImport.median,
    spread: timesImport,
    reached: timesImport.median <= highestTimesImport,
    binding: measured.command === "preview",
  };
}

/** Only the way in which `cdk init` sets an app up today is binding: it is what a new user meets. */
function targetAgainstCdk({ command, label, timesPreview }: ComparisonRow): TargetResult {
  return {
    target: `preview is at least 5.0 times faster than ${label}`,
    limit: lowestTimesFasterThanCdk,
    measured: timesPreview.median,
    spread: timesPreview,
    reached: timesPreview.median >= lowestTimesFasterThanCdk,
    binding: command === "cdk-init",
  };
}

function find(measurements: readonly Measurement[], id: CommandId): Measurement | undefined {
  return measurements.find(({ command }) => command === id);
}

function wallTimes({ rounds }: Measurement): number[] {
  return rounds.map(({ wallMs }) => wallMs);
}

function peakRss({ rounds }: Measurement): number {
  return Math.max(...rounds.map(({ peakRssBytes }) => peakRssBytes));
}
