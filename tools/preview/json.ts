import { countsOf, type Verdict } from "../policy/verdict";
import { graphCost } from "./cost";
import type { ResourceGraph } from "./graph";
import type { Preview } from "./preview";
import { sortedKeys } from "./sorted-keys";

/**
 * The whole preview as JSON: keys sorted, two blanks of indentation, a line feed at the end, and
 * nothing that differs between two runs of one program. docs/preview.md describes every field.
 */
export function renderJson({ graph, capacity, ...rest }: Preview, verdict: Verdict): string {
  return renderGraphJson(graph, verdict, { capacity: { ...capacity, ...rest } });
}

/** As renderJson(), of a program that plans no capacity; `plans` are further fields. */
export function renderGraphJson(
  graph: ResourceGraph,
  verdict: Verdict,
  plans: Readonly<Record<string, unknown>> = {},
): string {
  const policies = { summary: countsOf(verdict), findings: verdict.findings };
  const whole = {
    ...graph,
    ...plans,
    cost: graphCost(graph),
    policies,
  };
  return `${JSON.stringify(whole, sortedKeys, 2)}\n`;
}
