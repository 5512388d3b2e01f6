import type { Spread } from "../preview/comparison";
import { type GrowthRow, type StartUps, type Target, timesNaive } from "./comparison";
import { spreadOf } from "../preview/comparison";
import type { StartUp } from "./start-up";

/** What one run of the benchmark has measured. */
export interface EngineBench {
  /** Machine, versions and load, one line. */
  readonly machine: string;
  readonly rounds: number;
  readonly startUps: StartUps;
  readonly rows: readonly GrowthRow[];
  readonly targets: readonly Target[];
}

const TIMES: readonly (readonly [time: keyof StartUp, label: string])[] = [
  ["programMs", "program, until its code is loaded"],
  ["packMs", "pack, until it answers the engine"],
  ["previewMs", "`pulumi preview --policy-pack policies`, whole command"],
];

/** The report as Markdown. */
export function renderMarkdown({ machine, rounds, startUps, rows, targets }: EngineBench): string {
  return [
    `${machine}; ${rounds} rounds after one warm-up, medians.`,
    "",
    "| Start-up of dev | As shipped | Types checked at each start | Times as long (rounds) |",
    "| --- | ---: | ---: | ---: |",
    ...TIMES.map(([time, label]) => {
      const [shipped, naive] = (["shipped", "naive"] as const).map((loading) =>
        spreadOf(startUps[loading].map((startUp) => startUp[time])),
      );
      const cells = [label, seconds(shipped), seconds(naive), times(timesNaive(startUps, time))];
      return `| ${cells.join(" | ")} |`;
    }),
    "",
    "| Resources | Preview | Each more | Up, state written once | Each more | Up, state written at each step | Each more |",
    "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows.map(({ resources, times: { previewMs, upSavedOnceMs, upMs } }) => {
      const cells = [previewMs, upSavedOnceMs, upMs].flatMap(({ spread, eachMs }) => [
        seconds(spread),
        each(eachMs),
      ]);
      return `| ${[resources, ...cells].join(" | ")} |`;
    }),
    "",
    "| Target | Measured | Reached |",
    "| --- | ---: | --- |",
    ...targets.map(
      ({ target, measured, unit, reached }) =>
        `| ${target} | ${measured.toFixed(2)} ${unit} | ${reached ? "yes" : "**no**"} |`,
    ),
    "",
  ].join("\n");
}

const seconds = (spread: Spread | undefined): string =>
  `${((spread?.median ?? NaN) / 1000).toFixed(2)} s`;

const each = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? "" : `${milliseconds.toFixed(1)} ms`;

const times = ({ median, lowest, highest }: Spread): string =>
  `${median.toFixed(1)} (${lowest.toFixed(1)} to ${highest.toFixed(1)})`;
