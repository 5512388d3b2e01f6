import { findingNames } from "../../policies/pack";
import type { PackConfig } from "../../policies/pack-config";
import { loadWaivers } from "../../policies/read-waivers";
import { dayOf, WaiverBook } from "../../policies/waivers";
import type { ResourceGraph } from "../preview/graph";
import { judgeGraph } from "./judge";
import type { Verdict } from "./verdict";

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
  const waivers = new WaiverBook(loadWaivers(findingNames), dayOf(new Date()));
  return judgeGraph(graph, {
    ...{ waivers, configured, deployed },
    ...(before !== undefined && { before }),
  });
}
