import { measureText, objectiveText, type Outcome } from "../../capacity/tune/objective";
import type { Reason } from "../../capacity/tune/reasons";
import type { Setting } from "../../capacity/tune/settings";
import { alignColumns, heading, type Screen } from "../preview/screen";
import { countText, percentText } from "../simulate/quantities";
import type { SearchReport } from "./search-stack";

const indent = "    ";

/** What a search found, for a person: the settings old → new with the reasons, what they do, and lines to paste. */
export function renderText(report: SearchReport, project: string, screen: Screen): string {
  const { result } = report;
  const changed = result.reasons.filter(({ from, to }) => from !== to);
  return [
    heading("Settings:", screen),
    ...settingLines(result.reasons, screen),
    "",
    heading("What they do:", screen),
    ...outcomeLines(report, screen),
    "",
    ...verdictLines(report),
    ...(changed.length === 0 ? [] : ["", ...pasteLines(changed, project, screen)]),
    "",
  ].join("\n");
}

function settingLines(reasons: readonly Reason[], { colors }: Screen): string[] {
  const rows = reasons.map((reason) => [
    reason.knob,
    shown(reason, reason.from),
    reason.from === reason.to ? "" : `→ ${shown(reason, reason.to)}`,
    reason.beside.map(({ value, text }) => `${shown(reason, value)}: ${text}`).join("; "),
  ]);
  return alignColumns([["Setting", "Now", "Best", "One step away"], ...rows]).map(
    (cells, index) => {
      const line = `${indent}${cells.join("  ")}`.trimEnd();
      return index === 0 || rows[index - 1]?.[2] !== "" ? colors.bold(line) : line;
    },
  );
}

function shown({ knob }: Reason, value: Setting): string {
  if (knob === "minInstances" && value === 0) return "derived";
  return String(value).replaceAll(",", ", ");
}

function outcomeLines({ result, presets, unseen }: SearchReport, { colors }: Screen): string[] {
  const { present, best } = result;
  const rows = [
    ["best", ...figures(best.outcome, present.outcome), best.meets ? "yes" : "no"],
    ["now", ...figures(present.outcome, present.outcome), present.meets ? "yes" : "no"],
    ...presets.map(({ name, outcome, meets }) => [
      `preset ${name}`,
      ...figures(outcome, present.outcome),
      meets ? "yes" : "no",
    ]),
    ["best, other seeds", ...figures(unseen.best, present.outcome), ""],
    ["now, other seeds", ...figures(unseen.present, present.outcome), ""],
  ];
  const header = ["", "Missed min", "p99 ms", "Lost", "USD", "Of now", "Meets it"];
  return alignColumns([header, ...rows], [1, 2, 3, 4, 5]).map((cells, index) => {
    const line = `${indent}${cells.join("  ")}`.trimEnd();
    return index <= 1 ? colors.bold(line) : line;
  });
}

function figures(outcome: Outcome, present: Outcome): string[] {
  return [
    String(outcome.missedMinutes),
    outcome.p99Milliseconds.toFixed(0),
    percentText(outcome.unmetShare, 1),
    outcome.usd.toFixed(2),
    present.usd === 0 ? "" : `${((100 * outcome.usd) / present.usd).toFixed(0)} %`,
  ];
}

function verdictLines({ objective, experiment, result }: SearchReport): string[] {
  const { best, present, evaluated, converged } = result;
  const seeds = countText(experiment.seeds.length, "seed");
  const effort = `${countText(evaluated, "configuration")}, the worst of ${seeds} each`;
  const changes = result.reasons.filter(({ from, to }) => from !== to).length;
  const verdict = !best.meets
    ? `No configuration within the limits has ${objectiveText(objective)}; the closest has ${measureText(objective, best.outcome)}.`
    : changes === 0
      ? `The present configuration is the cheapest with ${objectiveText(objective)}.`
      : `The cheapest configuration with ${objectiveText(objective)} has ${measureText(objective, best.outcome)}, now it is ${measureText(objective, present.outcome)}.`;
  return [
    verdict,
    `Tried ${effort}${converged ? "; no single step from the best is better" : "; more --candidates may find a better one"}.`,
  ];
}

/** Lines for Pulumi.<stack>.yaml. */
function pasteLines(changed: readonly Reason[], project: string, screen: Screen): string[] {
  return [
    heading("To paste below config:", screen),
    ...changed.map(({ knob, to }) => `  ${project}:${knob}: ${yamlOf(knob, to)}`),
  ];
}

function yamlOf(knob: string, value: Setting): string {
  return knob === "instanceTypes" ? `[${String(value).split(",").join(", ")}]` : String(value);
}
