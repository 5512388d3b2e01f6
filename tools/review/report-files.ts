import { renderMermaid } from "./diagram/render-mermaid";
import { renderSvg } from "./diagram/render-svg";
import { maskReviews } from "./mask";
import { renderJson } from "./render-json";
import { COMMENT_LIMIT, type MarkdownOptions, renderMarkdown } from "./render-markdown";
import { renderSarif } from "./render-sarif";
import { diagramNames } from "./report-folder";
import type { ReviewPlace } from "./review-place";
import type { StackReview } from "./stack-review";

/** Characters of a comment that the workflow needs, which says in it whose code wrote the review. */
const NOTE = 1024;

/** The files of a review by their names; a stack that could not be compared has no diagram. */
export async function reportFiles(
  reviews: readonly StackReview[],
  markdown: MarkdownOptions,
  place: ReviewPlace = {},
): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {
    "review.md": renderMarkdown(reviews, { limit: COMMENT_LIMIT - NOTE, ...markdown }),
    "review.json": renderJson(reviews),
    "review.sarif": renderSarif(reviews, place),
  };
  for (const review of maskReviews(reviews)) {
    if ("failure" in review) continue;
    const { svg, mermaid } = diagramNames(review.stack);
    files[svg] = await renderSvg(review.comparison);
    files[mermaid] = renderMermaid(review.comparison);
  }
  return files;
}
