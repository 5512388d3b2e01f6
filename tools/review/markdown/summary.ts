import { countsOf } from "../../policy/verdict";
import { costTotal, signedAmount } from "../figures";
import { notableOpenings } from "../notable-openings";
import { policyDelta } from "../policy-delta";
import { counted, OPERATIONS } from "../review-facts";
import type { ComparedStack, StackReview } from "../stack-review";
import { tableBlock } from "./blocks";
import { nameOf } from "./escape";

const HEADINGS = [
  "Environment",
  ...["Create", "Update", "Replace", "Delete"],
  "USD a month",
  "Policies",
  "Security",
];

/** A row for each environment: what a reviewer must know before anything is opened. */
export function summaryTable(reviews: readonly StackReview[], most: number): string {
  const more = reviews.length - most;
  const rest = more > 0 ? [[counted(more, "more environment"), ...blanks]] : [];
  return tableBlock(HEADINGS, [...reviews.slice(0, most).map(rowOf), ...rest], [1, 2, 3, 4, 5]);
}

const blanks = HEADINGS.slice(1).map(() => "");

function rowOf(review: StackReview): readonly string[] {
  const name = nameOf(review.stack);
  return "failure" in review
    ? review.isRemoved === true
      ? [name, ...blanks.slice(1).map(() => ""), "**file removed, resources stay**"]
      : [name, ...blanks.slice(1).map(() => "?"), "**could not be compared**"]
    : [name, ...countCells(review), costCell(review), policyCell(review), securityCell(review)];
}

function countCells({ comparison: { counts } }: ComparedStack): readonly string[] {
  return OPERATIONS.map(({ operation }) => {
    const count = counts[operation];
    const isLoss = operation === "replace" || operation === "delete";
    return isLoss && count > 0 ? `**${String(count)}**` : String(count);
  });
}

function costCell({ comparison: { before, after } }: ComparedStack): string {
  const { after: usd, change } = costTotal(before, after);
  const moves = before === undefined || change.steady === 0;
  return moves
    ? usd.steady.toFixed(2)
    : `${usd.steady.toFixed(2)} (${signedAmount(change.steady)})`;
}

function policyCell({ comparison }: ComparedStack): string {
  const { mandatory, advisory } = countsOf(comparison.after.policies);
  const isNew = (level: "mandatory" | "advisory") =>
    policyDelta(comparison).added.filter((finding) => finding.level === level).length;
  const some = [
    mandatory > 0 ? `**${String(mandatory)} mandatory**${newText(isNew("mandatory"))}` : "",
    advisory > 0 ? `${String(advisory)} advisory${newText(isNew("advisory"))}` : "",
  ].filter((text) => text !== "");
  const looser = comparison.limits.filter(({ loosens }) => loosens).length;
  return [
    ...(some.length === 0 ? ["no violation"] : some),
    ...(looser === 0 ? [] : [`**${counted(looser, "limit")} looser**`]),
  ].join(", ");
}

function newText(count: number): string {
  return count === 0 ? "" : ` (${String(count)} new)`;
}

function securityCell(review: ComparedStack): string {
  const { comparison, security } = review;
  if (comparison.before === undefined) {
    const ways = notableOpenings(review).filter(({ subject }) => subject === "exposure").length;
    return `new, ${counted(ways, "way")} from the Internet`;
  }
  const opens = security.filter(({ broadens }) => broadens).length;
  if (opens > 0) return `**opens ${counted(opens, "way")}**`;
  return security.length === 0 ? "as before" : counted(security.length, "change");
}
