import { withShortReferences } from "../compare/reference";
import { heading } from "../preview/screen";
import type { Screen } from "../preview/screen";
import { inOneLine, legible } from "./legible";
import { mapTexts } from "./map-texts";
import { maskReviews } from "./mask";
import { renderChanges, renderKept } from "./render-text-changes";
import {
  renderCostChange,
  renderLimits,
  renderOutputChanges,
  renderPolicyDelta,
  renderScaling,
  renderSecurity,
  renderSettings,
  renderUndecided,
} from "./render-text-tables";
import {
  countsText,
  destructionsOf,
  destructionText,
  isUnchanged,
  permissionText,
  REMOVED,
  titleOf,
  unintendedOf,
  unprotectedOf,
} from "./review-facts";
import type { ComparedStack, StackReview } from "./stack-review";

/**
 * What a change does to each stack, for a terminal or a pipe: what is destroyed first, then the tree of what changes,
 * what it opens, how it scales, what it costs and what the policies say.
 */
export function renderText(reviews: readonly StackReview[], screen: Screen): string {
  const shown = mapTexts(maskReviews(reviews), legible);
  return shown.map((review) => `${linesOf(review, screen).join("\n")}\n`).join("\n");
}

function linesOf(review: StackReview, screen: Screen): readonly string[] {
  if ("failure" in review) {
    const lines = review.failure.trimEnd().split("\n");
    return [
      heading(`Comparing (${review.stack})`, screen),
      "",
      review.isRemoved === true
        ? screen.colors.bold(screen.colors.yellow(`    ${REMOVED}:`))
        : screen.colors.red("    It could not be compared:"),
      ...lines.map((line) => `    ${line}`.trimEnd()),
    ];
  }
  const { comparison, security } = review;
  const { before, after, changes } = comparison;
  const sides = `${before?.label ?? "nothing"} -> ${after.label}`;
  return [
    `${heading(`Comparing (${review.stack}):`, screen)} ${sides}`,
    "",
    ...(isUnchanged(review) ? ["No changes.", ""] : []),
    ...renderDestructions(review, screen),
    ...renderUnprotected(review, screen),
    ...(changes.length === 0 ? [] : [...renderChanges(comparison, screen), ""]),
    ...renderKept(comparison, screen),
    ...renderUndecided(comparison, screen),
    ...renderUnintended(review, screen),
    ...renderSettings(comparison, screen),
    ...renderOutputChanges(comparison, screen),
    ...renderSecurity(security, screen),
    ...renderLimits(comparison, screen),
    ...renderScaling(comparison, screen),
    ...renderCostChange(comparison, screen),
    ...renderPolicyDelta(comparison, screen),
    `${heading("Resources:", screen)} ${summaryOf(review)}`,
  ];
}

function renderDestructions({ comparison }: ComparedStack, screen: Screen): readonly string[] {
  const destructions = destructionsOf(comparison);
  const { colors } = screen;
  if (destructions.length === 0) return [];
  const refused = destructions.filter(({ destruction }) => destruction === "refused");
  const types = [...new Set(refused.map(({ type }) => type))].sort();
  return [
    colors.bold(colors.red("Destroys what holds data or traffic:")),
    ...destructions.map((change) => {
      const isRefused = change.destruction === "refused";
      const what = `${titleOf(change)} ${withShortReferences(destructionText(change))}`;
      const end = isRefused ? "" : `; ${permissionText(change)}`;
      return (isRefused ? colors.red : colors.yellow)(`    ! ${inOneLine(`${what}${end}`)}`);
    }),
    ...(types.length === 0
      ? []
      : [
          `    To allow it: ${types.map((type) => `--allow-destruction ${type}`).join(" ")}`,
          "    or in a commit of the change:",
          ...types.map((type) => `        Replaces: ${type}`),
        ]),
    "",
  ];
}

function renderUnprotected({ comparison }: ComparedStack, screen: Screen): readonly string[] {
  const unprotected = unprotectedOf(comparison);
  if (unprotected.length === 0) return [];
  const { colors } = screen;
  return [
    colors.bold(colors.yellow("Takes the protection off what holds data or traffic:")),
    ...unprotected.map((resource) => colors.yellow(`    ! ${inOneLine(titleOf(resource))}`)),
    "",
  ];
}

function renderUnintended({ comparison }: ComparedStack, screen: Screen): readonly string[] {
  const unintended = unintendedOf(comparison);
  if (unintended.length === 0) return [];
  return [
    screen.colors.bold(screen.colors.yellow("Differences that no setting makes:")),
    ...unintended.map((change) => `    ${change.operation} ${inOneLine(titleOf(change))}`),
    "",
  ];
}

/** `+ 1 to create, ~ 3 to update; 118 unchanged`. */
function summaryOf({ comparison }: ComparedStack): string {
  const counts = countsText(comparison, true);
  const same = `${String(comparison.counts.same)} unchanged`;
  return counts === "" ? same : `${counts}; ${same}`;
}
