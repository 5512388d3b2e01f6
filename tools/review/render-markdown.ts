import { code, escapeText, nameOf } from "./markdown/escape";
import { alert, bounded } from "./markdown/blocks";
import { destructionPart, exposurePart, failurePart, looseningPart } from "./markdown/cautions";
import { diagramPart } from "./markdown/diagram";
import { fit, type Omission, type Part } from "./markdown/fit";
import { policiesPart } from "./markdown/policies";
import { resourcesPart } from "./markdown/resources";
import { summaryTable } from "./markdown/summary";
import {
  costPart,
  limitsPart,
  outputsPart,
  scalingPart,
  securityPart,
  settingsPart,
} from "./markdown/tables";
import { legible } from "./legible";
import { mapTexts } from "./map-texts";
import { maskReviews } from "./mask";
import {
  countsText,
  isUnchanged,
  listed,
  titleOf,
  undecidedText,
  unintendedOf,
  UNINTENDED,
} from "./review-facts";
import type { ComparedStack, StackReview } from "./stack-review";

/** What a comment holds besides the stacks. */
export interface MarkdownOptions {
  /** Name of the Pulumi project, by which the comment is found again. */
  readonly project: string;
  /** Most UTF-16 units; 65,536 without it, see COMMENT_LIMIT. */
  readonly limit?: number;
  /** Where the whole report is, when the comment leaves something out. */
  readonly fullReportUrl?: string;
}

/**
 * What GitHub says that a comment holds, in characters. A UTF-16 unit is never more than a character of any
 * count and at most three bytes of UTF-8, so that the 262,144 bytes that it stores are kept to as well.
 */
export const COMMENT_LIMIT = 65_536;

/** What is always kept needs this much, however long the names are. */
const SMALLEST_LIMIT = 8192;

/** The first line of a project's comment: shown to nobody, and how a workflow finds the one to update. */
export function markerOf(project: string): string {
  // An HTML comment ends at two hyphens.
  const name = encodeURIComponent(project.slice(0, 200)).replaceAll("-", "%2D");
  return `<!-- review of project ${name} -->`;
}

/**
 * The reviews as one comment in GitHub's Markdown, the same bytes for the same reviews: a table of all environments,
 * what is destroyed or opened, then a section for each environment that changes. Details are folded.
 * Where it would be too long, whole parts give way in a fixed order (markdown/fit.ts) and the comment says which.
 *
 * @throws RangeError for a limit below 8,192
 * @throws TypeError for a fullReportUrl that is no address of http or https
 */
export function renderMarkdown(
  reviews: readonly StackReview[],
  { project, limit = COMMENT_LIMIT, fullReportUrl }: MarkdownOptions,
): string {
  if (!(limit >= SMALLEST_LIMIT)) {
    throw new RangeError(`limit is ${String(limit)}, allowed is ${String(SMALLEST_LIMIT)} or more`);
  }
  const shown = mapTexts(maskReviews(reviews), legible);
  const link = fullReportUrl === undefined ? undefined : addressOf(fullReportUrl);
  const parts: Part[] = [
    partOf("head", `${markerOf(project)}\n## Preview of ${nameOf(project)}${verdictOf(shown)}`),
    {
      kind: "summary",
      stack: undefined,
      forms: [summaryTable(shown, 100), summaryTable(shown, 20), summaryTable(shown, 3)],
    },
    destructionPart(shown),
    exposurePart(shown),
    looseningPart(shown),
    failurePart(shown),
    ...shown.flatMap((review) =>
      "failure" in review || isUnchanged(review) ? [] : environmentParts(review),
    ),
    partOf("foot", FOOT),
  ];
  return fit(parts, (omissions) => noteOf(omissions, link), limit);
}

function partOf(kind: Part["kind"], text: string): Part {
  return { kind, stack: undefined, forms: [text] };
}

function verdictOf(reviews: readonly StackReview[]): string {
  const isSame = reviews.every((review) => !("failure" in review) && isUnchanged(review));
  return isSame ? "\n\nNo changes." : "";
}

function environmentParts({ stack, comparison, security }: ComparedStack): readonly Part[] {
  return [
    environmentPart(stack, comparison),
    resourcesPart(stack, comparison),
    settingsPart(stack, comparison),
    securityPart(stack, security),
    limitsPart(stack, comparison),
    scalingPart(stack, comparison),
    costPart(stack, comparison),
    policiesPart(stack, comparison),
    outputsPart(stack, comparison),
    diagramPart(stack, comparison),
  ];
}

function environmentPart(stack: string, comparison: ComparedStack["comparison"]): Part {
  const { before, after } = comparison;
  const counts = countsText(comparison, false);
  const title = `### ${nameOf(stack)}: ${counts === "" ? "no resource changes" : counts}`;
  const sides = `${before === undefined ? "new" : nameOf(before.label)} → ${nameOf(after.label)}`;
  const unintended = unintendedOf(comparison);
  const list = bounded(
    unintended,
    20,
    (change) => `${change.operation} ${nameOf(titleOf(change))}`,
    (count) => `${String(count)} more`,
  );
  const remark = unintended.length === 0 ? [] : [`**Of these ${UNINTENDED}:** ${listed(list)}`];
  const open = bounded(
    comparison.undecided,
    20,
    (resource) =>
      `- ${nameOf(titleOf(resource))} ${escapeText(undecidedText(resource, comparison))}`,
    (count) => `- and ${String(count)} more`,
  );
  const undecided = open.length === 0 ? [] : [open.join("\n")];
  return {
    kind: "environment",
    stack,
    forms: [[title, sides, ...remark, ...undecided].join("\n\n"), ""],
  };
}

/** The address as the target of a link, with nothing in it that could end one. */
function addressOf(url: string): string {
  const { protocol, href } = new URL(url);
  if (!/^https?:$/.test(protocol)) {
    throw new TypeError(`fullReportUrl is ${url}, allowed is an address of http or https`);
  }
  return `<${href.replace(/[<>\\()[\]]/g, (char) => encodeURIComponent(char))}>`;
}

function noteOf(omissions: readonly Omission[], link: string | undefined): string {
  if (omissions.length === 0) return "";
  const lines = omissions.map(({ what, stacks }) => {
    const names = bounded(stacks, 3, nameOf, (count) => `${String(count)} more`);
    return `- ${what}${names.length === 0 ? "" : ` of ${listed(names)}`}`;
  });
  const where =
    link === undefined
      ? "`npm run review` writes the whole report."
      : `[The whole report](${link}) has it.`;
  return alert("NOTE", ["Too long for one comment, which leaves out:", "", ...lines, "", where]);
}

const FOOT = `Compared offline, from the program on both sides. It cannot know the state of the stack, drift and what was changed by hand, or what AWS answers: ${code("pulumi preview")} with credentials can.`;
