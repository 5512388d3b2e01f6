import { VIOLATED } from "../policy/verdict";
import { alignColumns, heading, type Screen } from "../preview/screen";
import { DESTROYS } from "../review/exit-code";
import type { Step } from "./steps";

/** What became of a step. */
export type Outcome =
  | { readonly step: Step; readonly kind: "ran"; readonly code: number; readonly seconds: number }
  | { readonly step: Step; readonly kind: "idle"; readonly why: string; readonly failed: boolean };

/** The exit code of the worst step: 1 for an error, else 3, else 5, else 0. */
export function worstOf(outcomes: readonly Outcome[]): 0 | 1 | typeof VIOLATED | typeof DESTROYS {
  const codes = outcomes.map(codeOf).filter((code) => code !== 0);
  if (codes.some((code) => code !== VIOLATED && code !== DESTROYS)) return 1;
  return codes.includes(VIOLATED) ? VIOLATED : codes.includes(DESTROYS) ? DESTROYS : 0;
}

/** True where nothing speaks against the change. */
export function isGood(outcome: Outcome): boolean {
  return codeOf(outcome) === 0;
}

/** What became of a step in a few words. */
export function resultOf(outcome: Outcome): string {
  if (outcome.kind === "idle") return outcome.failed ? "could not run" : "not run";
  const { code } = outcome;
  if (code === 0) return "passed";
  if (INTERRUPTED.includes(code)) return "interrupted";
  if (code === VIOLATED) return "a mandatory policy is violated";
  return code === DESTROYS ? "a destruction is not allowed" : `failed with ${String(code)}`;
}

/** Exit codes of a process that SIGINT or SIGTERM ended. */
const INTERRUPTED: readonly number[] = [130, 143];

/** Seconds to a tenth, the minutes apart where there are any. */
export function duration(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const minutes = Math.floor(tenths / 600);
  const rest = `${((tenths - minutes * 600) / 10).toFixed(1)} s`;
  return minutes === 0 ? rest : `${String(minutes)} min ${rest}`;
}

/** All steps with their results and times, and why some did not run. */
export function renderOutcomes(outcomes: readonly Outcome[], screen: Screen): string {
  const { colors } = screen;
  const rows = alignColumns(
    outcomes.map((outcome) => [
      outcome.step.title,
      outcome.kind === "ran" ? duration(outcome.seconds) : "",
      resultOf(outcome),
    ]),
    [1],
  );
  const lines = outcomes.map((outcome, index) => {
    const [title = "", seconds = "", result = ""] = rows[index] ?? [];
    const isIdle = outcome.kind === "idle" && !outcome.failed;
    const paint = isIdle ? colors.dim : isGood(outcome) ? colors.green : colors.red;
    const why = outcome.kind === "idle" ? `: ${outcome.why}` : "";
    return `    ${title}  ${seconds}  ${paint(result.trimEnd())}${why}`;
  });
  return ["", heading("Steps:", screen), ...lines, ""].join("\n");
}

function codeOf(outcome: Outcome): number {
  if (outcome.kind === "ran") return outcome.code;
  return outcome.failed ? 1 : 0;
}
