import type {
  Comparison,
  KeptResource,
  LimitChange,
  Operation,
  PropertyChange,
  ResourceChange,
  UndecidedResource,
} from "../compare/comparison";
import { holdingOf } from "../compare/holds";
import { displayType } from "../preview/tree";
import { costRows, movedRows, quotaChanges, scalingRows } from "./figures";
import { policyDelta } from "./policy-delta";
import type { ComparedStack } from "./stack-review";
import { valueText } from "./value-text";

/** Operations in the order of a report, each with the sign and the word of `pulumi preview`. */
export const OPERATIONS: readonly {
  readonly operation: Operation;
  readonly sign: string;
  readonly word: string;
}[] = [
  { operation: "create", sign: "+", word: "create" },
  { operation: "update", sign: "~", word: "update" },
  { operation: "replace", sign: "+-", word: "replace" },
  { operation: "delete", sign: "-", word: "delete" },
];

export function signOf(operation: Operation): string {
  return OPERATIONS.find((entry) => entry.operation === operation)?.sign ?? "";
}

/**
 * `1 to create, 3 to update, 2 may change`; without the operations that there are none of, and empty where there is
 * none.
 */
export function countsText({ counts, changes, undecided }: Comparison, isSigned: boolean): string {
  const changed = new Set(changes.map(({ urn }) => urn));
  const open = undecided.filter(({ urn }) => !changed.has(urn)).length;
  return [
    ...OPERATIONS.filter(({ operation }) => counts[operation] > 0).map(
      ({ operation, sign, word }) =>
        [...(isSigned ? [sign] : []), String(counts[operation]), "to", word].join(" "),
    ),
    ...(open === 0 ? [] : [`${isSigned ? "? " : ""}${String(open)} may change`]),
  ].join(", ");
}

/** `may be replaced: the encrypted shop:email differs (endpoint)`; of what is updated anyway, that it may be more. */
export function undecidedText(
  { urn, paths, because, mayReplace }: UndecidedResource,
  { changes }: Comparison,
): string {
  const isUpdated = changes.some((change) => change.urn === urn);
  const may = mayReplace ? "may be replaced" : isUpdated ? "may change further" : "may change";
  const differs = because.length === 1 ? "differs" : "differ";
  return `${may}: the encrypted ${listed(because)} ${differs} (${listed(paths)})`;
}

/** The limits that differ, those that allow more first. */
export function limitsOf({ limits }: Comparison): readonly LimitChange[] {
  return [true, false].flatMap((wanted) => limits.filter(({ loosens }) => loosens === wanted));
}

/** Type and name of a resource, for a person. */
export function titleOf({ type, name }: Pick<ResourceChange, "type" | "name">): string {
  return `${displayType(type)} ${name}`;
}

/** What is said of a resource that is not touched. */
export function keptText(resource: KeptResource): string {
  const { previousUrn } = resource;
  return previousUrn === undefined
    ? titleOf(resource)
    : `${titleOfUrn(previousUrn)} -> ${titleOf(resource)}, renamed by an alias`;
}

/** An option that differs: `protect: true => (none)`, with what is lost by it where that is much. */
export function optionText(option: PropertyChange, { type }: Pick<ResourceChange, "type">): string {
  const { path, before, after } = option;
  const [was, is] = [before, after].map((value) => (value === undefined ? NONE : valueText(value)));
  const holds = isUnprotecting(option) ? holdingOf(type)?.holds : undefined;
  const end = holds === undefined ? "" : `  (what holds ${holds} can be deleted from now on)`;
  return `${path}: ${was ?? NONE} => ${is ?? NONE}${end}`;
}

const isUnprotecting = ({ path, before, after }: PropertyChange): boolean =>
  path === "protect" && before === true && after !== true;

/** What holds data or traffic, stays, and loses the lock by which Pulumi does not delete it. */
export function unprotectedOf({
  changes,
  kept,
}: Comparison): readonly Pick<ResourceChange, "type" | "name">[] {
  return [...changes.filter(({ operation }) => operation === "update"), ...kept].filter(
    ({ type, options }) => holdingOf(type) !== undefined && options.some(isUnprotecting),
  );
}

/** Stands for an option that nobody set. */
const NONE = "(none)";

/** The same of a URN, which need not be of a resource that is there. */
export function titleOfUrn(urn: string): string {
  const [, , chain = urn, name = ""] = urn.split("::");
  return titleOf({ type: chain.split("$").at(-1) ?? chain, name });
}

/**
 * True for a component that only hands on what its children are changed by, so that its own inputs say nothing that
 * theirs do not.
 */
export function isHandingOn(change: ResourceChange, { changes }: Comparison): boolean {
  const isComponent = (change.after ?? change.before)?.custom === false;
  return (
    isComponent &&
    change.operation === "update" &&
    changes.some(({ before, after }) => (after ?? before)?.parent === change.urn)
  );
}

/** What destroys something that holds data or traffic, what is not allowed first. */
export function destructionsOf({ changes }: Comparison): readonly ResourceChange[] {
  const which = (wanted: ResourceChange["destruction"]) =>
    changes.filter(({ destruction }) => destruction === wanted);
  return [...which("refused"), ...which("allowed")];
}

/** How a destruction comes about and what is lost: `is replaced for its port; this drops the targets that requests go to`. */
export function destructionText(change: ResourceChange): string {
  const { operation, type, properties, follows, holds, deletesFirst } = change;
  const paths = properties.filter(({ replaces }) => replaces).map(({ path }) => path);
  const causes = [...paths.map((path) => `its ${path}`), ...follows.map(titleOfUrn)];
  const reason = operation === "replace" && causes.length > 0 ? ` for ${listed(causes)}` : "";
  const done = operation === "delete" ? "is deleted" : `is replaced${reason}`;
  const first = operation === "replace" && deletesFirst ? ", the old one deleted first" : "";
  const loss = holdingOf(type)?.reason ?? (holds === "data" ? "loses data" : "cuts traffic off");
  return `${done}${first}; this ${loss}`;
}

/** `refused`, or `allowed by --allow-destruction`. */
export function permissionText({ destruction, allowedBy }: ResourceChange): string {
  const by = allowedBy === undefined ? "" : ` by ${allowedBy}`;
  return destruction === "allowed" ? `allowed${by}` : "refused";
}

/** What is said of a stack whose file the change removes. */
export const REMOVED = "Its file is removed; its resources stay in AWS until they are destroyed";

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2
    ? (items[0] ?? "")
    : `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
}

/** `1 minute`, `2 minutes`. */
export function counted(count: number, one: string): string {
  return `${String(count)} ${one}${count === 1 ? "" : "s"}`;
}

/** What else there is to say of a change, a line each. */
export function notesOf(change: ResourceChange): readonly string[] {
  const { operation, previousUrn, mayReplace, deletesFirst, follows, hint, causes } = change;
  return [
    ...(previousUrn === undefined ? [] : [`was ${titleOfUrn(previousUrn)}, by an alias`]),
    ...(mayReplace
      ? ["may be a replacement: what replaces a resource of this type is not known"]
      : []),
    ...(operation === "replace" && deletesFirst
      ? ["the old one is deleted before there is a new one"]
      : []),
    ...(follows.length === 0 ? [] : [`follows ${listed(follows.map(titleOfUrn))}`]),
    ...(hint === undefined ? [] : [hint]),
    ...causesText(causes),
  ];
}

function causesText(causes: ResourceChange["causes"]): readonly string[] {
  if (causes === undefined) return [];
  return [causes.length === 0 ? UNINTENDED : `set by ${listed(causes)}`];
}

/** What is said of a difference between two stacks that no setting makes. */
export const UNINTENDED = "no setting makes this difference";

/** Differences between two stacks that no setting makes. */
export function unintendedOf({ changes }: Comparison): readonly ResourceChange[] {
  return changes.filter(({ causes }) => causes?.length === 0);
}

/** True where neither resources nor anything that is said of the stack changes. */
export function isUnchanged({ comparison, security }: ComparedStack): boolean {
  const { before, after, changes, kept, settings, outputs, limits, undecided } = comparison;
  const { added, resolved } = policyDelta(comparison);
  const quotas = quotaChanges(before, after);
  return [
    changes,
    kept,
    settings,
    outputs,
    limits,
    undecided,
    security,
    added,
    resolved,
    quotas.exceeded,
    quotas.kept,
    movedRows(scalingRows(before, after)),
    costRows(before, after),
  ].every(({ length }) => length === 0);
}
