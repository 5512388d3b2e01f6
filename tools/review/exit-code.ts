import { exitCodeOf as exitCodeOfVerdict, VIOLATED } from "../policy/verdict";
import type { StackReview } from "./stack-review";

/** Exit code of a review with a destruction that nobody allowed. */
export const DESTROYS = 5;

export type ExitCode = 0 | 1 | typeof VIOLATED | typeof DESTROYS;

/**
 * The exit code that the stacks ask for together: 1 where one could not be compared, else 3 where the
 * side after the change violates a mandatory policy, else 5 where something that holds data or traffic
 * would be destroyed and its type is not allowed.
 */
export function exitCodeOf(reviews: readonly StackReview[]): ExitCode {
  const codes = reviews.map(codeOf);
  return ([1, VIOLATED, DESTROYS] as const).find((code) => codes.includes(code)) ?? 0;
}

function codeOf(review: StackReview): ExitCode {
  if ("failure" in review) return review.isRemoved === true ? 0 : 1;
  const { after, changes } = review.comparison;
  const isRefused = changes.some(({ destruction }) => destruction === "refused");
  return exitCodeOfVerdict(after.policies) === VIOLATED ? VIOLATED : isRefused ? DESTROYS : 0;
}
