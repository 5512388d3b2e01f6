import type { Level } from "../../policies/policy";

/** One thing that a policy said of a resource. */
export interface PolicyFinding {
  readonly policy: string;
  /**
   * `violation`; `waived`, a violation that somebody answers for; `repair`, what a policy would correct
   * by itself; `undecided`, a check that needs a value which only the deployment tells.
   */
  readonly outcome: "violation" | "waived" | "repair" | "undecided";
  readonly level: "mandatory" | "advisory";
  readonly severity: string;
  readonly message: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Where the program declares the resource, or the component that it belongs to. */
  readonly source: { readonly file: string; readonly line: number } | undefined;
}

/** A policy as reports name it. */
export interface Rule {
  readonly name: string;
  readonly description: string;
  readonly severity: string;
  readonly level: Level;
  readonly frameworks: readonly string[];
  readonly remediationSteps: string;
  readonly url: string;
  /** Why the policy judged nothing in this run; absent where it ran. */
  readonly notRun?: string;
}

/** What the pack said of a stack. */
export interface Verdict {
  readonly project: string;
  readonly stack: string;
  /** Every policy, those that are disabled included. */
  readonly rules: readonly Rule[];
  /** Resources that were judged. */
  readonly resources: number;
  /** Mandatory violations first, then advisory, waived, repairs, undecided; within each by policy and URN. */
  readonly findings: readonly PolicyFinding[];
}

/** How many findings there are of each kind. */
export interface Counts {
  readonly mandatory: number;
  readonly advisory: number;
  readonly waived: number;
  readonly repairs: number;
  readonly undecided: number;
}

/** Exit code of a run with a mandatory violation. */
export const VIOLATED = 3;

export function countsOf({ findings }: Verdict): Counts {
  const count = (outcome: PolicyFinding["outcome"], level?: PolicyFinding["level"]): number =>
    findings.filter(
      (finding) => finding.outcome === outcome && (level ?? finding.level) === finding.level,
    ).length;
  return {
    mandatory: count("violation", "mandatory"),
    advisory: count("violation", "advisory"),
    waived: count("waived"),
    repairs: count("repair"),
    undecided: count("undecided"),
  };
}

/** The exit code that a verdict asks for. */
export function exitCodeOf(verdict: Verdict): 0 | typeof VIOLATED {
  return countsOf(verdict).mandatory > 0 ? VIOLATED : 0;
}

/** Findings in the order of a report. */
export function inReportOrder(findings: readonly PolicyFinding[]): readonly PolicyFinding[] {
  return [...findings].sort(
    (a, b) => rankOf(a) - rankOf(b) || compare(a.policy, b.policy) || compare(a.urn, b.urn),
  );
}

function rankOf({ outcome, level }: PolicyFinding): number {
  const rank = ["violation", "waived", "repair", "undecided"].indexOf(outcome);
  return outcome === "violation" && level === "mandatory" ? -1 : rank;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
