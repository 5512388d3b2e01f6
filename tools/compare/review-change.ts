import type { StackReview } from "../review/stack-review";
import type { RefRequest } from "./against-ref";
import { reviewAgainstRef } from "./against-ref";
import type * as JudgeChangeModule from "./judge-change";
import { shareSecretsKey } from "./secret-digests";

/**
 * Reviews what the working tree changes since it left a git ref: the stacks compared, secrets by their
 * digests, and the step itself judged by the policies on changes.
 *
 * @throws ComparisonError where there is nothing to compare with, WaiversError where the file of the
 *   waivers is wrong
 */
export async function reviewChange(request: RefRequest): Promise<readonly StackReview[]> {
  shareSecretsKey();
  const reviews = await reviewAgainstRef(request);
  // The policies load the Pulumi SDK, which recording has loaded by now; not before the ref is recorded.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would need an ESM loader
  const { judgedChange } = require("./judge-change") as typeof JudgeChangeModule;
  return reviews.map((review) => judgedChange(review));
}
