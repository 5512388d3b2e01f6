import { countsOf, type Verdict } from "./verdict";

/** The verdict as other programs read it; nothing in it differs between two runs on one graph. */
export function renderJson(verdict: Verdict): string {
  const { rules, ...rest } = verdict;
  return `${JSON.stringify({ ...rest, summary: countsOf(verdict), policies: rules }, undefined, 2)}\n`;
}
