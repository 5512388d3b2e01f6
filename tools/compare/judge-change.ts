import type { WaiverBook } from "../../policies/waivers";
import { withStep } from "../policy/judge-stack";
import type { ResourceGraph } from "../preview/graph";
import type { StackReview } from "../review/stack-review";
import type { Comparison } from "./comparison";

/**
 * The review with what the policies on changes say among the findings of the side after the change. A
 * stack that is new has nothing that it changes from.
 *
 * @param waivers those that stand beside the pack, as of today, where no others are given
 * @throws WaiversError where the file of the waivers is wrong
 */
export function judgedChange(review: StackReview, waivers?: WaiverBook): StackReview {
  if ("failure" in review) return review;
  const { comparison } = review;
  const { before, after } = comparison;
  if (before === undefined) return review;
  const earlier = graphInNamesOfToday(before.graph, comparison);
  const policies = withStep(after.policies, earlier, after.graph, waivers);
  return { ...review, comparison: { ...comparison, after: { ...after, policies } } };
}

function graphInNamesOfToday(
  graph: ResourceGraph,
  { changes, kept }: Pick<Comparison, "changes" | "kept">,
): ResourceGraph {
  const renamed = new Map([...changes, ...kept].map(({ urn, previousUrn }) => [previousUrn, urn]));
  const resources = graph.resources.map((node) => ({
    ...node,
    urn: renamed.get(node.urn) ?? node.urn,
  }));
  return { ...graph, resources };
}
