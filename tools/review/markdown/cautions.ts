import type { LimitChange, ResourceChange } from "../../compare/comparison";
import type { SecurityChange } from "../../compare/security-change";
import { withShortReferences } from "../../compare/reference";
import { notableOpenings } from "../new-stack";
import {
  counted,
  destructionsOf,
  destructionText,
  permissionText,
  REMOVED,
  titleOf,
} from "../review-facts";
import type { ComparedStack, FailedStack, StackReview } from "../stack-review";
import { limitText } from "../value-text";
import { alert, bounded } from "./blocks";
import { clipped, code, escapeText, fenced, nameOf } from "./escape";
import type { Part } from "./fit";

/** Longest text of one entry. */
const ENTRY_LENGTH = 200;

/** How many entries the forms of a block have, from the whole to the smallest. */
const ENTRIES = [10, 4, 1] as const;

type Entry<Item> = readonly [stack: string, item: Item];

/** What destroys something that holds data or traffic, by environment, what is not allowed first. */
export function destructionPart(reviews: readonly StackReview[]): Part {
  const all = entriesOf(reviews, ({ comparison }) => destructionsOf(comparison));
  const [refused, allowed] = (["refused", "allowed"] as const).map((wanted) =>
    all.filter(([, { destruction }]) => destruction === wanted),
  );
  const entries = [...(refused ?? []), ...(allowed ?? [])];
  const isRefused = refused !== undefined && refused.length > 0;
  return {
    kind: "destruction",
    stack: undefined,
    forms: formsOf(entries, (most) =>
      alert(isRefused ? "CAUTION" : "WARNING", [
        `**${counted(entries.length, "resource")} that ${entries.length === 1 ? "holds" : "hold"} data or traffic would be destroyed.**`,
        "",
        ...bounded(entries, most, destructionEntry, (count) => `- and ${String(count)} more`),
        ...(isRefused ? ["", ...permission(refused)] : []),
      ]),
    ),
  };
}

function destructionEntry([stack, change]: Entry<ResourceChange>): string {
  const text = escapeText(clipped(withShortReferences(destructionText(change)), ENTRY_LENGTH));
  const by = clipped(permissionText(change), ENTRY_LENGTH);
  const end = change.destruction === "allowed" ? `; ${escapeText(by)}` : "";
  return `- ${nameOf(stack)}: ${nameOf(titleOf(change))} ${text}${end}`;
}

/** How a reviewer says that it is meant. */
function permission(refused: readonly Entry<ResourceChange>[]): readonly string[] {
  const types = [...new Set(refused.map(([, { type }]) => type))].sort();
  const lines = types.slice(0, 3).map((type) => code(clipped(`Replaces: ${type}`, 120)));
  const [only] = lines;
  if (only !== undefined && lines.length === 1) {
    return [`If it is meant, say so in a commit of this change with ${only}.`];
  }
  const more = types.length > 3 ? [`- and ${counted(types.length - 3, "more type")}`] : [];
  const entries = [...lines.map((line) => `- ${line}`), ...more];
  return [
    "If it is meant, say so in a commit of this change, with a line for each type:",
    "",
    ...entries,
  ];
}

/** What the internet can reach comes before what the stack's own parts may do. */
const SUBJECTS = ["network", "exposure", "permission"] as const;

/** What lets somebody reach or do more than before; of a new stack, which opens all that it has, the notable. */
export function exposurePart(reviews: readonly StackReview[]): Part {
  const all = entriesOf(reviews, notableOpenings);
  const entries = SUBJECTS.flatMap((wanted) => all.filter(([, { subject }]) => subject === wanted));
  const fresh = new Set(
    reviews
      .filter((review) => !("failure" in review) && review.comparison.before === undefined)
      .map(({ stack }) => stack),
  );
  const [opened, first] = [false, true].map((isNew) =>
    entries.filter(([stack]) => fresh.has(stack) === isNew),
  );
  const rest = (count: number): string => `- and ${String(count)} more`;
  const block = (
    kind: "CAUTION" | "NOTE",
    title: string,
    which: typeof entries | undefined,
    most: number,
  ) =>
    which === undefined || which.length === 0
      ? []
      : [alert(kind, [`**${title}**`, "", ...bounded(which, most, exposureEntry, rest)])];
  return {
    kind: "exposure",
    stack: undefined,
    forms: formsOf(entries, (most) =>
      [
        ...block("CAUTION", "Somebody can reach or do more than before.", opened, most),
        ...block("NOTE", NEW_STACKS, first, most),
      ].join("\n\n"),
    ),
  };
}

const NEW_STACKS = "What the Internet reaches in what is new, and its permissions with a wildcard:";

/** Limits, levels and waivers by which the policies allow more than before. */
export function looseningPart(reviews: readonly StackReview[]): Part {
  const entries = entriesOf(reviews, ({ comparison }) =>
    comparison.limits.filter(({ loosens }) => loosens),
  );
  return {
    kind: "loosening",
    stack: undefined,
    forms: formsOf(entries, (most) =>
      alert("CAUTION", [
        "**The policies allow more than before, or that cannot be ruled out.**",
        "",
        ...bounded(entries, most, looseningEntry, (count) => `- and ${String(count)} more`),
      ]),
    ),
  };
}

function looseningEntry([stack, limit]: Entry<LimitChange>): string {
  const [path, text] = [limit.path, limitText(limit)].map((each) =>
    code(clipped(each, ENTRY_LENGTH)),
  );
  return `- ${nameOf(stack)}: ${path ?? ""} ${text ?? ""}`;
}

function exposureEntry([stack, { effect, title, before, after }]: Entry<SecurityChange>): string {
  const [was, is] = [before, after].map((rule) =>
    rule === undefined ? undefined : code(clipped(withShortReferences(rule), ENTRY_LENGTH)),
  );
  const rules = was === undefined ? (is ?? "") : is === undefined ? was : `${was} → ${is}`;
  return `- ${nameOf(stack)}: ${escapeText(clipped(title, ENTRY_LENGTH))}, ${effect}: ${rules}`;
}

/** The environments that could not be compared, with what went wrong. */
export function failurePart(reviews: readonly StackReview[]): Part {
  const failed = reviews.filter((review): review is FailedStack => "failure" in review);
  const block = (most: number, length: number): string =>
    bounded(
      failed,
      most,
      ({ stack, failure, isRemoved }) =>
        [
          isRemoved === true
            ? alert("WARNING", [`**${nameOf(stack)}: ${REMOVED}.**`])
            : alert("CAUTION", [`**${nameOf(stack)} could not be compared.**`]),
          fenced("text", clipped(failure.trimEnd(), length).split("\n")),
        ].join("\n\n"),
      (count) =>
        alert("CAUTION", [
          `${counted(count, "more environment")} could not be compared, or have no file any more.`,
        ]),
    ).join("\n\n");
  return {
    kind: "failure",
    stack: undefined,
    forms: [block(20, 4000), block(5, 1000), block(1, 400)],
  };
}

function entriesOf<Item>(
  reviews: readonly StackReview[],
  of: (review: ComparedStack) => readonly Item[],
): readonly Entry<Item>[] {
  return reviews.flatMap((review) =>
    "failure" in review ? [] : of(review).map((item): Entry<Item> => [review.stack, item]),
  );
}

function formsOf(entries: readonly unknown[], form: (most: number) => string): Part["forms"] {
  const [whole, ...smaller] = ENTRIES;
  return entries.length === 0 ? [""] : [form(whole), ...smaller.map(form)];
}
