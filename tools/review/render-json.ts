import type { Comparison, ResourceChange } from "../compare/comparison";
import type { StackSide } from "../compare/stack-side";
import { countsOf } from "../policy/verdict";
import { sortedKeys } from "../preview/sorted-keys";
import { costRows, costTotal, movedRows, quotaChanges, scalingRows } from "./figures";
import { maskReviews } from "./mask";
import { policyDelta } from "./policy-delta";
import { isUnchanged } from "./review-facts";
import type { ComparedStack, StackReview } from "./stack-review";

/** Rises when a field of the JSON changes its meaning or goes. */
const FORMAT = 1;

/**
 * The reviews as JSON: keys sorted, two blanks of indentation, a line feed at the end, the same bytes for the same
 * reviews. docs/review-json.md describes every field.
 */
export function renderJson(reviews: readonly StackReview[]): string {
  const stacks = maskReviews(reviews).map((review) =>
    "failure" in review ? review : comparedStack(review),
  );
  return `${JSON.stringify({ format: FORMAT, stacks }, sortedKeys, 2)}\n`;
}

function comparedStack(review: ComparedStack): object {
  const { stack, comparison, security } = review;
  const { project, before, after, changes, kept, counts, settings, outputs, limits, undecided } =
    comparison;
  return {
    ...{ stack, project, kept, counts, settings, outputs, limits, undecided, security },
    before: before?.label,
    after: after.label,
    isUnchanged: isUnchanged(review),
    changes: changes.map(changeFields),
    ...figures(comparison),
  };
}

/** A change without the resources themselves, whose differences are in it. */
function changeFields({ before, after, ...change }: ResourceChange): object {
  return { ...change, source: (after ?? before)?.source };
}

function figures(comparison: Comparison): object {
  const { before, after } = comparison;
  return {
    scaling: {
      before: before === undefined ? undefined : scalingFields(before),
      after: scalingFields(after),
      moved: movedRows(scalingRows(before, after)),
      quotas: quotaChanges(before, after),
    },
    cost: {
      before: before?.cost,
      after: after.cost,
      total: costTotal(before, after),
      moved: costRows(before, after),
    },
    policies: {
      before: before === undefined ? undefined : countsOf(before.policies),
      after: countsOf(after.policies),
      ...policyDelta(comparison),
    },
  };
}

function scalingFields({ capacity, headroom, exceededQuotas, day }: StackSide): object {
  return { ...capacity, headroom, exceededQuotas, day };
}
