import type { LimitChange, ResourceChange } from "../../compare/comparison";
import type { SecurityChange } from "../../compare/security-change";
import { withShortReferences } from "../../compare/reference";
import { notableOpenings } from "../notable-openings";
import {
  counted,
  destructionsOf,
  destructionText,
  listed,
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

/** How much a form of a block has. */
interface Form {
  readonly entries: number;
  /** Types to allow. */
  readonly types: number;
  /** Environments that are named of the entries that are left out. */
  readonly stacks: number;
}

/** From the whole to the smallest, in which the longest names have room. */
const WHOLE: Form = { entries: 50, types: 100, stacks: 3 };
const SMALLER: readonly Form[] = [
  { entries: 10, types: 10, stacks: 3 },
  { entries: 4, types: 3, stacks: 3 },
  { entries: 1, types: 3, stacks: 0 },
];

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
    forms: formsOf(entries, (form) =>
      alert(isRefused ? "CAUTION" : "WARNING", [
        `**${counted(entries.length, "resource")} that ${entries.length === 1 ? "holds" : "hold"} data or traffic would be destroyed.**`,
        "",
        ...inTurn(entries, form, destructionEntry),
        ...(isRefused ? ["", ...permission(refused, form)] : []),
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
function permission(refused: readonly Entry<ResourceChange>[], form: Form): readonly string[] {
  const types = [...new Set(refused.map(([, { type }]) => type))].sort();
  const lineOf = (type: string) => code(clipped(`Replaces: ${type}`, 120));
  const [only, ...others] = types;
  if (only !== undefined && others.length === 0) {
    return [`If it is meant, say so in a commit of this change with ${lineOf(only)}.`];
  }
  return [
    "If it is meant, say so in a commit of this change, with a line for each type:",
    "",
    ...bounded(
      types,
      form.types,
      (type) => `- ${lineOf(type)}`,
      (count) => `- and ${counted(count, "more type")}, which \`npm run review\` names`,
    ),
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
  const block = (
    kind: "CAUTION" | "NOTE",
    title: string,
    which: typeof entries | undefined,
    form: Form,
  ) =>
    which === undefined || which.length === 0
      ? []
      : [alert(kind, [`**${title}**`, "", ...inTurn(which, form, exposureEntry)])];
  return {
    kind: "exposure",
    stack: undefined,
    forms: formsOf(entries, (form) =>
      [
        ...block("CAUTION", "Somebody can reach or do more than before.", opened, form),
        ...block("NOTE", NEW_STACKS, first, form),
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
    forms: formsOf(entries, (form) =>
      alert("CAUTION", [
        "**The policies allow more than before, or that cannot be ruled out.**",
        "",
        ...inTurn(entries, form, looseningEntry),
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

/**
 * So many entries, in the order that they have, taken from each environment in turn so that none hides another; then
 * how many are left out, and of which.
 */
function inTurn<Item>(
  entries: readonly Entry<Item>[],
  form: Form,
  render: (entry: Entry<Item>) => string,
): readonly string[] {
  const counts = new Map<string, number>();
  const rounds = entries.map((entry) => {
    const round = counts.get(entry[0]) ?? 0;
    counts.set(entry[0], round + 1);
    return { entry, round };
  });
  const taken = new Set(
    rounds
      .sort((one, other) => one.round - other.round)
      .slice(0, form.entries)
      .map(({ entry }) => entry),
  );
  const left = entries.filter((entry) => !taken.has(entry));
  return [
    ...entries.filter((entry) => taken.has(entry)).map(render),
    ...(left.length === 0
      ? []
      : [`- and ${String(left.length)} more${ofStacks(left, form.stacks)}`]),
  ];
}

/** ` of dev and prod`. */
function ofStacks(entries: readonly Entry<unknown>[], most: number): string {
  const stacks = [...new Set(entries.map(([stack]) => stack))];
  if (most === 0) return "";
  const names = bounded(stacks, most, nameOf, (count) => counted(count, "other"));
  return ` of ${listed(names)}`;
}

function formsOf(entries: readonly unknown[], render: (form: Form) => string): Part["forms"] {
  return entries.length === 0 ? [""] : [render(WHOLE), ...SMALLER.map(render)];
}
