import { renderViolations } from "../policy/render-text";
import type { Verdict } from "../policy/verdict";
import { renderCapacity } from "./capacity";
import { graphCost, renderCost } from "./cost";
import type { ResourceGraph } from "./graph";
import { renderOutputs } from "./outputs";
import type { Preview } from "./preview";
import { heading } from "./screen";
import type { Screen } from "./screen";
import { renderTree } from "./tree";

/**
 * The preview for a person: what `pulumi preview` would show of a new stack, the capacity plan, its
 * cost, what the policies say, and how long it took.
 */
export function renderReport(
  preview: Preview,
  verdict: Verdict,
  seconds: number,
  screen: Screen,
): string {
  return renderProgram(preview.graph, verdict, seconds, screen, {
    plans: [renderCapacity(preview, screen)],
    policyScript: "policy",
  });
}

/** What differs between the reports of the programs. */
interface ProgramReport {
  /** Shown between outputs and cost. @default none, as the program plans no capacity */
  readonly plans?: readonly string[];
  /** The script that shows all that the policies say of the program. */
  readonly policyScript: string;
}

/** As renderReport(), of any program. */
export function renderProgram(
  graph: ResourceGraph,
  verdict: Verdict,
  seconds: number,
  screen: Screen,
  { plans = [], policyScript }: ProgramReport,
): string {
  const { colors } = screen;
  const count = colors.green(`+ ${graph.resources.length} to create`);
  return [
    heading(`Previewing update (${graph.stack})`, screen),
    "",
    renderTree(graph, screen, verdict.findings),
    "",
    renderOutputs(graph.outputs, screen),
    "",
    ...plans.flatMap((plan) => [plan, ""]),
    renderCost(graphCost(graph), screen),
    "",
    renderViolations(verdict, screen, policyScript),
    "",
    `${heading("Resources:", screen)} ${count}`,
    `${heading("Duration:", screen)}  ${seconds.toFixed(1)}s`,
    "",
    colors.dim("Made without AWS: shown is a new stack, whatever is deployed already."),
    "",
  ].join("\n");
}
