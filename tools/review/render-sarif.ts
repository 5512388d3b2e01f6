import { Fingerprints, renderSarifLog, sarifLocation, sarifRule } from "../policy/sarif-log";
import { legible } from "./legible";
import { mapTexts } from "./map-texts";
import { maskReviews } from "./mask";
import { type Remark, REVIEW_RULES, remarksOf } from "./remarks";
import { type ReviewPlace, shownAt } from "./review-place";
import type { StackReview } from "./stack-review";

/** By this name code scanning shows the results. */
export const REVIEW_TOOL = "ecs-on-ec2 review";

/**
 * The reviews of all stacks as one run in SARIF 2.1.0 for code scanning: what the change brings, at the
 * lines that declare it, and the mandatory violations that were there before as `unchanged`. A stack
 * that could not be compared makes the run unsuccessful.
 */
export function renderSarif(unmasked: readonly StackReview[], place: ReviewPlace = {}): string {
  const { prefix = "" } = place;
  const reviews = mapTexts(maskReviews(unmasked), legible);
  const remarks = remarksOf(reviews);
  const rules = rulesOf(reviews, remarks);
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const fingerprints = new Fingerprints("ruleAndResource/v1");
  const failures = reviews.flatMap((review) => ("failure" in review ? [review] : []));
  return renderSarifLog({
    tool: REVIEW_TOOL,
    id: "review/",
    rules: rules.map(({ rule }) => rule),
    successful: failures.every(({ isRemoved }) => isRemoved === true),
    notifications: failures.map(({ stack, failure, isRemoved }) => ({
      level: isRemoved === true ? "warning" : "error",
      message: {
        text: `${stack} ${isRemoved === true ? "is removed" : "could not be compared"}: ${failure}`,
      },
    })),
    properties: { stacks: reviews.map(({ stack }) => stack) },
    results: remarks.map((remark) => {
      const { rule, level, stack, urn, message, subject, isNew } = remark;
      return {
        ruleId: rule,
        ruleIndex: indexOf.get(rule) ?? -1,
        level,
        message: { text: `${stack}: ${message}` },
        locations: [sarifLocation({ ...remark, source: shownAt(remark, place) }, stack, prefix)],
        partialFingerprints: fingerprints.next([rule, urn, subject].join("\n")),
        baselineState: isNew ? "new" : "unchanged",
      };
    }),
  });
}

/** The rules that results have, the comparison's own first, each once. */
function rulesOf(
  reviews: readonly StackReview[],
  remarks: readonly Remark[],
): { readonly id: string; readonly rule: object }[] {
  const used = new Set(remarks.map(({ rule }) => rule));
  const policies = reviews.flatMap((review) =>
    "failure" in review ? [] : review.comparison.after.policies.rules,
  );
  const known = [
    ...Object.entries(REVIEW_RULES).map(([id, holds]) => ({ id, rule: reviewRule(id, holds) })),
    // A rule may be advisory in one environment and mandatory in another: the stricter one describes it.
    ...["mandatory", "advisory", "disabled"].flatMap((wanted) =>
      policies
        .filter(({ level }) => level === wanted)
        .map((policy) => ({ id: policy.name, rule: sarifRule(policy) })),
    ),
  ];
  const first = new Map([...known].reverse().map((each) => [each.id, each]));
  return known.filter((each) => used.has(each.id) && first.get(each.id) === each);
}

function reviewRule(id: string, holds: string): object {
  const isOfSecurity = id === "broadened-security";
  return {
    id,
    shortDescription: { text: holds },
    fullDescription: { text: holds },
    help: { text: "docs/review.md says how it is found, and what to do about it." },
    properties: {
      tags: ["change", ...(isOfSecurity ? ["security"] : [])],
      ...(isOfSecurity && { "security-severity": "5.0" }),
    },
  };
}
