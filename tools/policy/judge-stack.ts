import { changePolicies, findingNames } from "../../policies/pack";
import type { PackConfig } from "../../policies/pack-config";
import { loadWaivers } from "../../policies/read-waivers";
import { dayOf, WaiverBook } from "../../policies/waivers";
import type { ResourceGraph } from "../preview/graph";
import { judgeGraph } from "./judge";
import { judgeSteps } from "./judge-steps";
import { JudgedResources } from "./judged-resources";
import { inReportOrder, type PolicyFinding, type Verdict } from "./verdict";

/**
 * Judges a graph with the whole pack and the waivers that stand beside it, as of today.
 * @param deployed true for what is deployed, false for what a program declares
 * @param before the stack before the change; without it the size of the change is not judged
 * @throws WaiversError where the file of the waivers is wrong
 */
export function judgeStack(
  graph: ResourceGraph,
  configured: PackConfig = {},
  deployed = false,
  before?: ResourceGraph,
): Promise<Verdict> {
  return judgeGraph(graph, {
    ...{ waivers: waiversOfToday(), configured, deployed },
    ...(before !== undefined && { before }),
  });
}

/**
 * A verdict on a stack with what the policies on changes say of the step to it. Levels and limits are
 * those of the pack.
 *
 * @param verdict of `after` alone
 * @param before the stack before the change, with the URNs that its resources have after it
 * @param waivers those that stand beside the pack, as of today, where no others are given
 * @throws WaiversError where the file of the waivers is wrong
 */
export function withStep(
  verdict: Verdict,
  before: ResourceGraph,
  after: ResourceGraph,
  waivers = waiversOfToday(),
): Verdict {
  const resources = new JudgedResources(after);
  const steps = judgeSteps(before, after, { waivers, configured: {} });
  const findings = steps.map((step): PolicyFinding => ({
    ...step,
    type: resources.node(step.urn)?.type ?? "",
    name: resources.node(step.urn)?.name ?? "",
    source: resources.sourceOf(step.urn),
  }));
  const judging = new Set<string>(changePolicies.map(({ name }) => name));
  return {
    ...verdict,
    rules: verdict.rules.map(({ notRun, ...rule }) =>
      notRun === undefined || judging.has(rule.name) ? rule : { ...rule, notRun },
    ),
    findings: inReportOrder([...verdict.findings, ...findings]),
  };
}

const waiversOfToday = (): WaiverBook =>
  new WaiverBook(loadWaivers(findingNames), dayOf(new Date()));
