import { limitsOf } from "../../policies/limits";
import { secretShapeOf } from "../../policies/secret-shapes";
import type { LineChange, PropertyChange } from "../compare/comparison";
import { type Json, SECRET, UNKNOWN } from "../preview/graph";
import { COMMAND_SECRETS, OPTION } from "./command-secrets";
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
  /(?<=:\/\/[^\s/:@]{0,256}:)(?![$<{])[^\s/@]{1,512}(?=@)/g,
];

/** An assignment as a shell has it; what begins with `$` is read at start-up and not written down. */
const ASSIGNMENT = /(?<![\w])([A-Za-z_]\w{0,127})=(["']?)[^\s$"'`;][^\s"'`;]*/g;

/** The limits of an environment that nobody named: the strictest. */
const { deniedNames, allowedNames } = limitsOf("")["ecs-no-plaintext-secrets"];
const DENIED = new RegExp(deniedNames, "i");

/**
 * The text with `[secret]` in place of what looks like a secret: by the shapes that the policies refuse,
 * by the names of variables that are assigned, and by where commands take a password. Where a secret has no
 * end that can be told, the whole text is one.
 */
export function maskText(text: string): string {
  const unassigned = text.replace(ASSIGNMENT, (whole, name: string, quote: string) =>
    isSecretName(name) ? `${name}=${quote}${SECRET}` : whole,
  );
  const commands = OPTION.test(unassigned) ? replaced(unassigned, COMMAND_SECRETS) : unassigned;
  if (secretShapeOf(commands) === undefined) return commands;
  const masked = replaced(commands, EXTENTS);
  // What is masked is no secret of its own.
  return secretShapeOf(masked.replaceAll(SECRET, "$")) === undefined ? masked : SECRET;
}

function replaced(text: string, patterns: readonly RegExp[]): string {
  return patterns.reduce((rest, pattern) => rest.replace(pattern, SECRET), text);
}

/** An input of a resource with every text masked, and whole where its own name is that of a secret. */
export function maskInput(path: string, value: Json): Json {
  const name = /[^.[\]"]+(?="?\]?$)/.exec(path)?.[0] ?? path;
  // Properties of AWS have such words in their names and hold none: httpTokens, secretArn.
  const isSecret = /[a-z]/.test(name) ? SECRET_ENDS.test(name) : isSecretName(name);
  return masked(isSecret ? hidden(value) : value) as Json;
}

const SECRET_ENDS = /(?:password|passwd|passphrase|secret|secretString|token|apiKey|privateKey)$/i;

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
  const fields = isPropertyChange(value) ? maskedProperty(value) : maskedVariable(value);
  return Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [mask(key), masked(field, mask)]),
  );
}

/** An element such as `{ name: "DB_PASSWORD", value: "…" }` with its value masked. */
function maskedVariable(bag: object): object {
  const { name, value } = bag as { readonly name?: unknown; readonly value?: unknown };
  return typeof name === "string" && typeof value === "string" && isSecretName(name)
    ? { ...bag, value: hidden(value) }
    : bag;
}

function isPropertyChange(value: object): value is PropertyChange {
  return "path" in value && typeof value.path === "string" && "replaces" in value;
}

function maskedProperty(property: PropertyChange): PropertyChange {
  const name = /\[([^\]]+)\](?:\.value)?$/.exec(property.path)?.[1];
  const isVariable = name !== undefined && isSecretName(name);
  return {
    ...property,
    before: isVariable ? hidden(property.before) : property.before,
    after: isVariable ? hidden(property.after) : property.after,
    lines: property.lines === undefined ? undefined : maskedLines(property.lines),
  };
}

function isSecretName(name: string): boolean {
  return DENIED.test(name) && !allowedNames.includes(name);
}

/** A text that somebody wrote down; not a reference, which the deployment fills in. */
function hidden<Value extends Json | undefined>(value: Value): Value | string {
  const isWritten = typeof value === "string" && value !== UNKNOWN && !/^\$\{[^}]*\}$/.test(value);
  return isWritten ? SECRET : value;
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
