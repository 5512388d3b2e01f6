import { type ChangedResource, judgeChange } from "../../policies/change";
import { effectiveLimits } from "../../policies/configured-limits";
import { levelOf } from "../../policies/enforce";
import { renderWaived } from "../../policies/message";
import { changePolicies } from "../../policies/pack";
import type { PackConfig } from "../../policies/pack-config";
import type { WaiverBook } from "../../policies/waivers";
import type { ResourceGraph } from "../preview/graph";
import { JudgedResources } from "./judged-resources";
import type { PolicyFinding } from "./verdict";

/** What a policy on a change said; the rest of a finding follows from the graph. */
type StepFinding = Pick<
  PolicyFinding,
  "policy" | "outcome" | "level" | "severity" | "message" | "urn"
>;

/** Judges the step from one state of a stack to the next, by the levels, limits and waivers of the run. */
export function judgeSteps(
  before: ResourceGraph,
  after: ResourceGraph,
  { waivers, configured }: { readonly waivers: WaiverBook; readonly configured: PackConfig },
): readonly StepFinding[] {
  return changePolicies.flatMap((policy) => {
    const { name, severity } = policy;
    const stated = configured[name]?.level ?? levelOf(policy, after.stack);
    if (stated === "disabled") {
      return [];
    }
    const limits = effectiveLimits(name, after.stack, configured[name]?.limits ?? {});
    const found = judgeChange(resourcesOf(before), resourcesOf(after), limits, after.stack);
    return found.map(({ outcome, urn, message }): StepFinding => {
      const waiver = outcome === "violation" && waivers.waiverOf(name, urn);
      // Nothing repairs a change, so that the level for repairs refuses like mandatory.
      const level = stated === "advisory" ? stated : "mandatory";
      return waiver === false
        ? { policy: name, outcome, severity, urn, level, message }
        : {
            ...{ policy: name, outcome: "waived", severity, urn, level: "advisory" },
            message: renderWaived(waiver, message),
          };
    });
  });
}

function resourcesOf(graph: ResourceGraph): readonly ChangedResource[] {
  const resources = new JudgedResources(graph);
  return graph.resources.map((node) => ({
    urn: node.urn,
    type: node.type,
    name: node.name,
    inputs: resources.withInputs(node).props,
  }));
}
