import { renderJson } from "../review/render-json";
import { renderText } from "../review/render-text";
import { exitCodeOf } from "../review/exit-code";
import { isUnchanged } from "../review/review-facts";
import type { StackReview } from "../review/stack-review";
import type { Screen, Stream } from "../preview/screen";
import type * as AgainstStackModule from "./against-stack";
import type * as ReviewChangeModule from "./review-change";
import { shareSecretsKey } from "./secret-digests";

/** What a stack is compared with. */
export type Counterpart =
  | { readonly kind: "ref"; readonly ref: string }
  | { readonly kind: "stack"; readonly stack: string };

/** What is compared and how it is shown. */
export interface ComparisonRequest {
  readonly directory: string;
  readonly stack: string;
  readonly against: Counterpart;
  /** Types whose resources may be destroyed. */
  readonly allowDestruction: readonly string[];
  readonly expectNoChanges: boolean;
  readonly json: boolean;
}

/** Exit code of a comparison with changes where none were expected. */
const CHANGED = 2;

export type ComparisonExitCode = ReturnType<typeof exitCodeOf> | typeof CHANGED;

/** Writes what a comparison found; gives the exit code. */
export function showComparison(
  review: StackReview,
  { json, expectNoChanges }: Pick<ComparisonRequest, "json" | "expectNoChanges">,
  { stdout, stderr, screen }: { stdout: Stream; stderr: Stream; screen: Screen },
): ComparisonExitCode {
  if ("failure" in review) {
    stderr.write(review.isRemoved === true ? `error: ${review.failure}\n` : review.failure);
    return 1;
  }
  stdout.write(json ? renderJson([review]) : renderText([review], screen));
  const code = exitCodeOf([review]);
  return code === 0 && expectNoChanges && !isUnchanged(review) ? CHANGED : code;
}

/**
 * Compares a stack with what it was, or with another one.
 *
 * @param say takes a line about what takes its time
 * @throws ComparisonError, StackFilesError or RecordingError where there is nothing to compare
 */
export async function compareStack(
  { directory, stack, against, allowDestruction }: ComparisonRequest,
  say: (line: string) => void,
): Promise<StackReview> {
  /* eslint-disable @typescript-eslint/no-require-imports -- each of the two loads much that the other leaves out */
  if (against.kind === "stack") {
    shareSecretsKey();
    const { reviewAgainstStack } = require("./against-stack") as typeof AgainstStackModule;
    return reviewAgainstStack({ directory, stack, other: against.stack });
  }
  const { reviewChange } = require("./review-change") as typeof ReviewChangeModule;
  /* eslint-enable @typescript-eslint/no-require-imports */
  const request = { directory, ref: against.ref, stacks: [stack], allowDestruction, say };
  const [review] = await reviewChange(request);
  if (review === undefined) throw new Error("the comparison gave no review");
  return review;
}
