/** What a configuration must reach over a load. */
export interface Objective {
  readonly metric: keyof typeof METRICS;
  /** Milliseconds, minutes or a share from 0 to 1. */
  readonly atMost: number;
}

/** What a configuration did, the worst of several runs, and what it cost on average. */
export interface Outcome {
  readonly p99Milliseconds: number;
  readonly missedMinutes: number;
  /** Lost requests by all requests. */
  readonly unmetShare: number;
  readonly usd: number;
}

/** What is wrong with the text of an objective. */
export class ObjectiveError extends Error {
  public override readonly name = "ObjectiveError";
}

interface Metric {
  /** Units by their spelling, each with its factor to the unit of Objective. */
  readonly units: Readonly<Record<string, number>>;
  readonly of: (outcome: Outcome) => number;
  readonly text: (value: number) => string;
}

const METRICS = {
  p99: {
    units: { ms: 1, s: 1000 },
    of: ({ p99Milliseconds }) => p99Milliseconds,
    text: (value) => `a p99 of ${decimals(value)} ms`,
  },
  missed: {
    units: { "": 1, min: 1 },
    of: ({ missedMinutes }) => missedMinutes,
    text: (value) => `${decimals(value)} missed ${value === 1 ? "minute" : "minutes"}`,
  },
  unmet: {
    units: { "%": 0.01 },
    of: ({ unmetShare }) => unmetShare,
    text: (value) => `${String(Number((value * 100).toPrecision(3)))} % of the requests lost`,
  },
} as const satisfies Readonly<Record<string, Metric>>;

/**
 * Reads `p99<=250ms`, `missed<=5` (minutes) or `unmet<=0.1%`.
 * @throws ObjectiveError
 */
export function parseObjective(text: string): Objective {
  const [, metric = "", number = "", unit = ""] =
    /^\s*([a-z0-9]+)\s*<=\s*(\d+(?:\.\d+)?)\s*([a-z%]*)\s*$/.exec(text) ?? [];
  if (metric === "unmet" && number !== "" && unit === "") {
    throw new ObjectiveError(
      `objective is ${JSON.stringify(text)}, but a share of the requests needs its unit; write a percentage as in unmet<=0.1%`,
    );
  }
  const factor = isMetric(metric) ? unitsOf(metric)[unit] : undefined;
  if (!isMetric(metric) || factor === undefined) {
    throw new ObjectiveError(
      `objective is ${JSON.stringify(text)}, but must be p99<=250ms, missed<=5 (minutes) or unmet<=0.1%, with a number of your own`,
    );
  }
  const atMost = Number(number) * factor;
  if (metric === "unmet" && atMost > 1) {
    throw new ObjectiveError(
      `objective is ${JSON.stringify(text)}, but no more than 100 % of the requests can be lost; write a percentage as in unmet<=0.1%`,
    );
  }
  return { metric, atMost };
}

/** What the objective looks at, in its unit. */
export function measure({ metric }: Objective, outcome: Outcome): number {
  return METRICS[metric].of(outcome);
}

/** How far an outcome is from the objective, in its unit; 0 where it meets it. */
export function excess(objective: Objective, outcome: Outcome): number {
  return Math.max(0, measure(objective, outcome) - objective.atMost);
}

/** The measure of an outcome that the objective looks at, in words: `12 missed minutes`. */
export function measureText(objective: Objective, outcome: Outcome): string {
  return METRICS[objective.metric].text(measure(objective, outcome));
}

/** The objective in words: `at most 5 missed minutes`. */
export function objectiveText({ metric, atMost }: Objective): string {
  return `at most ${METRICS[metric].text(atMost)}`;
}

function isMetric(name: string): name is Objective["metric"] {
  return name in METRICS;
}

function unitsOf(metric: Objective["metric"]): Readonly<Record<string, number>> {
  return METRICS[metric].units;
}

function decimals(value: number): string {
  return String(Math.round(value * 10) / 10);
}
