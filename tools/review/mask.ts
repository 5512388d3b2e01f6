import { secretShapeOf } from "../../policies/secret-shapes";
import type { LineChange, PropertyChange } from "../compare/comparison";
import { type Json, SECRET } from "../preview/graph";
import { maskAssigned } from "./assigned-secrets";
import { COMMAND_SECRETS, OPTION } from "./command-secrets";
import { isSecretPath, isSecretVariable, withoutNamed, withoutVariable } from "./named-secrets";
import type { StackReview } from "./stack-review";

/**
 * How far each of the policies' secret shapes reaches, where there is a sign for its end; each pattern is
 * linear in the text.
 */
const EXTENTS: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/g,
  /(?<![A-Z0-9])A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Z0-9])/g,
  /aws_secret_access_key["']?\s{0,8}[=:]\s{0,8}["']?[^\s"']*/gi,
  /eyJ[\w-]{8,512}\.eyJ[\w-]{8,}(?:\.[\w-]*)?/g,
  /gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,}/g,
  /glpat-[\w-]{20,}|npm_[A-Za-z0-9]{36,}|xox[abeprs]-[\w-]{10,}|[sr]k_live_[A-Za-z0-9]{16,}|AIza[\w-]{35,}/g,
  /(?<=:\/\/[^\s/:@]{0,256}:)(?![$<{])(?:[^\s/"]{1,512}|[^\s/@]{1,512})(?=@)/g,
];

/**
 * The text with `[secret]` in place of what looks like a secret: by the shapes that the policies refuse,
 * by the names of variables that are assigned, and by where commands take a password. Where a secret has no
 * end that can be told, the whole text is one.
 */
export function maskText(text: string): string {
  const hasShape = secretShapeOf(text) !== undefined;
  // Shapes first: of a key that is assigned, the value by its name would be the first line alone.
  const assigned = maskAssigned(hasShape ? replaced(text, EXTENTS) : text);
  const masked = OPTION.test(assigned) ? replaced(assigned, COMMAND_SECRETS) : assigned;
  // What is masked is no secret of its own.
  return hasShape && secretShapeOf(masked.replaceAll(SECRET, "$")) !== undefined ? SECRET : masked;
}

function replaced(text: string, patterns: readonly RegExp[]): string {
  return patterns.reduce((rest, pattern) => rest.replace(pattern, SECRET), text);
}

/** An input of a resource with every text masked, and whole where its name or that of a field is a secret's. */
export function maskInput(path: string, value: Json): Json {
  return masked(withoutNamed(value, isSecretPath(path))) as Json;
}

/**
 * The reviews without a secret that can be told by its looks or its name, in any text of theirs. Every
 * renderer of a review begins with this, so that no artefact holds what another one hides.
 */
export function maskReviews(reviews: readonly StackReview[]): readonly StackReview[] {
  return masked(reviews, rememberedMask()) as readonly StackReview[];
}

/** A review says most of its texts many times over, the names of its own fields above all. */
function rememberedMask(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text) ?? maskText(text);
    known.set(text, found);
    return found;
  };
}

function masked(value: unknown, mask = maskText): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((item) => masked(item, mask));
  if (typeof value !== "object" || value === null) return value;
  const fields = isPropertyChange(value) ? maskedProperty(value) : withoutVariable(value);
  return Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [mask(key), masked(field, mask)]),
  );
}

function isPropertyChange(value: object): value is PropertyChange {
  return "path" in value && typeof value.path === "string" && "replaces" in value;
}

function maskedProperty(property: PropertyChange): PropertyChange {
  const element = /\[([^\]:]+)\](?:\.value)?$/.exec(property.path)?.[1] ?? "";
  const isSecret = isSecretVariable(element) || isSecretPath(property.path);
  const before = withoutNamed(property.before, isSecret);
  const after = withoutNamed(property.after, isSecret);
  // Lines are of two texts; of one that is masked they would tell it.
  const isShown = before === property.before && after === property.after;
  const lines = isShown && property.lines ? maskedLines(property.lines) : undefined;
  return { ...property, before, after, lines };
}

/** A key of several lines looks like one only as a whole: each side's lines are followed through it. */
function maskedLines(lines: readonly LineChange[]): readonly LineChange[] {
  const inKey = { removed: false, added: false };
  return lines.map((line) => {
    const sides = line.kind === "same" ? (["removed", "added"] as const) : [line.kind];
    const begins = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/.test(line.text);
    const ends = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY/.test(line.text);
    const isKey = begins || sides.some((side) => inKey[side]);
    for (const side of sides) inKey[side] = isKey && !ends;
    return isKey ? { ...line, text: SECRET } : line;
  });
}
