import type {
  Comparison,
  LimitChange,
  ResourceChange,
  UndecidedResource,
} from "../compare/comparison";
import { holdingOf } from "../compare/holds";
import { withShortReferences } from "../compare/reference";
import type { SecurityChange } from "../compare/security-change";
import type { PolicyFinding } from "../policy/verdict";
import { declaringSource } from "./declaring-source";
import { policyDelta } from "./policy-delta";
import { notableOpenings } from "./notable-openings";
import {
  destructionText,
  listed,
  permissionText,
  titleOf,
  titleOfUrn,
  undecidedText,
} from "./review-facts";
import type { ComparedStack, StackReview } from "./stack-review";
import { limitText } from "./value-text";

/** What a reviewer is told at a line of the program. */
export interface Remark {
  /** Name of the policy, or one of REVIEW_RULES. */
  readonly rule: string;
  /** An error makes the command fail. */
  readonly level: "error" | "warning" | "note";
  readonly stack: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly message: string;
  /** What the remark is about besides its rule and its resource, whatever the numbers are. */
  readonly subject: string;
  readonly source: { readonly file: string; readonly line: number } | undefined;
  /** False for what the stack has before the change too. */
  readonly isNew: boolean;
}

/** Rules of the comparison itself, beside those of the policy pack. */
export const REVIEW_RULES = {
  "destructive-change": "A change destroys nothing that holds data or traffic.",
  "broadened-security": "A change lets nobody reach or do more than before.",
  "loosened-limit": "A change lets the policies allow no more than before.",
  "undecided-change": "A change of an encrypted value changes nothing else.",
  "following-replacement": "A change replaces nothing that only follows another resource.",
} as const;

/**
 * What is said of the stacks at their lines, errors first: violations that are new, mandatory
 * ones that were there before too, as they fail the command, destructive changes, what the change opens,
 * and replacements that follow from other changes.
 */
export function remarksOf(reviews: readonly StackReview[]): readonly Remark[] {
  const remarks = reviews
    .flatMap((review) => ("failure" in review ? [] : ofStack(review)))
    .map((remark) => ({ ...remark, message: withShortReferences(remark.message) }));
  return ["error", "warning", "note"].flatMap((wanted) =>
    remarks.filter(({ level }) => level === wanted),
  );
}

function ofStack(review: ComparedStack): Remark[] {
  const { stack, comparison } = review;
  const { changes, limits, undecided } = comparison;
  const { added, remaining } = policyDelta(comparison);
  return [
    ...added.map((finding) => ofFinding(stack, finding, true)),
    ...remaining
      .filter(({ level }) => level === "mandatory")
      .map((finding) => ofFinding(stack, finding, false)),
    ...changes
      .filter(({ destruction }) => destruction !== undefined)
      .map((change) => ofDestruction(stack, comparison, change)),
    ...limits.filter(({ loosens }) => loosens).map((change) => ofLimit(stack, comparison, change)),
    ...notableOpenings(review).map((change) => ofSecurity(stack, comparison, change)),
    ...undecided
      .filter(({ urn }) => isCustom(urn, comparison))
      .map((resource) => ofUndecided(stack, comparison, resource)),
    ...changes
      .filter(
        ({ operation, destruction, follows }) =>
          operation === "replace" && destruction === undefined && follows.length > 0,
      )
      .map((change) => ofFollowing(stack, comparison, change)),
  ];
}

function ofFinding(stack: string, finding: PolicyFinding, isNew: boolean): Remark {
  const { policy, level, urn, type, name, message, source } = finding;
  const already = isNew ? "" : " (before this change too)";
  return {
    ...{ rule: policy, stack, urn, type, name, source, subject: "", isNew },
    level: level === "mandatory" ? "error" : "warning",
    message: `${name}: ${message}${already}`,
  };
}

function ofDestruction(stack: string, comparison: Comparison, change: ResourceChange): Remark {
  const { type, destruction, hint } = change;
  const isAllowed = destruction === "allowed";
  const end = isAllowed
    ? permissionText(change)
    : `keep it, or allow it with --allow-destruction ${type}`;
  const what = `${titleOf(change)} ${destructionText(change)}`;
  return {
    ...ofChange("destructive-change", stack, comparison, change),
    level: isAllowed ? "warning" : "error",
    message: [what, ...(hint === undefined ? [] : [hint]), end].join("; "),
  };
}

function ofFollowing(stack: string, comparison: Comparison, change: ResourceChange): Remark {
  return {
    ...ofChange("following-replacement", stack, comparison, change),
    level: "note",
    message: `${titleOf(change)} is replaced, as it follows ${listed(change.follows.map(titleOfUrn))}`,
  };
}

function ofLimit(stack: string, { after }: Comparison, change: LimitChange): Remark {
  const { path, kind, source } = change;
  const root = after.graph.resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  return {
    ...{ rule: "loosened-limit", level: "warning", stack },
    ...{ urn: root?.urn ?? "", type: root?.type ?? "", name: root?.name ?? "" },
    message: `${path}: ${limitText(change)}; the policies allow more than before, or that cannot be ruled out`,
    subject: path,
    source: source ?? (kind === "limit" ? { file: "policies/limits.ts", line: 1 } : undefined),
    isNew: true,
  };
}

function ofUndecided(stack: string, comparison: Comparison, resource: UndecidedResource): Remark {
  const { urn, type, name, mayReplace } = resource;
  return {
    ...{ rule: "undecided-change", stack, urn, type, name, subject: "", isNew: true },
    level: mayReplace && holdingOf(type) !== undefined ? "warning" : "note",
    message: `${titleOf(resource)} ${undecidedText(resource, comparison)}`,
    source: declaringSource(comparison, urn),
  };
}

const isCustom = (wanted: string, { after }: Comparison): boolean =>
  after.graph.resources.some(({ urn, custom }) => urn === wanted && custom);

function ofSecurity(stack: string, comparison: Comparison, change: SecurityChange): Remark {
  const { urn, title, effect, before, after, subject, source } = change;
  const node = [comparison.after, comparison.before]
    .flatMap((side) => side?.graph.resources ?? [])
    .find((resource) => resource.urn === urn);
  const [was, is] = [before ?? "nothing", after ?? "nothing"];
  return {
    ...{ rule: "broadened-security", stack, urn },
    // Everything that a new stack has is open for the first time.
    level: comparison.before === undefined ? "note" : "warning",
    type: node?.type ?? "",
    name: node?.name ?? "",
    message: `${title}: ${effect}: ${was} -> ${is}`,
    subject: `${subject}: ${title}`,
    source: source ?? declaringSource(comparison, urn),
    isNew: true,
  };
}

function ofChange(
  rule: keyof typeof REVIEW_RULES,
  stack: string,
  comparison: Comparison,
  { operation, urn, type, name }: ResourceChange,
): Omit<Remark, "level" | "message"> {
  return {
    ...{ rule, stack, urn, type, name, subject: operation, isNew: true },
    source: declaringSource(comparison, urn),
  };
}
