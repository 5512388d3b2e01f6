import { renderViolations } from "../policy/render-text";
import type { Verdict } from "../policy/verdict";
import { renderCapacity } from "./capacity";
import { graphCost, renderCost } from "./cost";
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
  const { colors } = screen;
  const { graph } = preview;
  const count = colors.green(`+ ${graph.resources.length} to create`);
  return [
    heading(`Previewing update (${graph.stack})`, screen),
    "",
    renderTree(graph, screen, verdict.findings),
    "",
    renderOutputs(graph.outputs, screen),
    "",
    renderCapacity(preview, screen),
    "",
    renderCost(graphCost(graph), screen),
    "",
    renderViolations(verdict, screen),
    "",
    `${heading("Resources:", screen)} ${count}`,
    `${heading("Duration:", screen)}  ${seconds.toFixed(1)}s`,
    "",
    colors.dim("Made without AWS: shown is a new stack, whatever is deployed already."),
    "",
  ].join("\n");
}
