import { isDeepStrictEqual } from "node:util";
import { textInBase64 } from "../compare/base64-text";
import type { Comparison, ResourceChange } from "../compare/comparison";
import { withShortReferences } from "../compare/reference";
import { documentIn } from "../preview/document-in";
import { type Bag, type Json } from "../preview/graph";
import { ARGUMENTS } from "../simulated-aws/cloud/arguments/table";
import { legible } from "./legible";
import { maskInput } from "./mask";
import { valueText } from "./value-text";

/** A line about what is created: an input, a line of a text that an input is, or how much is left out. */
export interface InputLine {
  readonly kind: "input" | "text" | "more";
  readonly text: string;
}

/** Lines of one resource, besides that which counts the rest. */
const MOST_LINES = 12;

/** Lines of a document or another long text. */
const MOST_TEXT_LINES = 10;

/** Longest list and document that stands in one line. */
const ONE_LINE = 100;

/** Said in other places, or the same for every resource. */
const TAGS: readonly string[] = ["tags", "tagsAll", "tagSpecifications"];

/**
 * The inputs of a resource that a change creates, in brief: single values first, then documents and texts with their
 * first lines. Tags and what equals the provider's defaults are left out. Empty for components, and for a new stack,
 * of which it would be the whole preview.
 */
export function createdInputs(
  { operation, type, after }: ResourceChange,
  { before }: Pick<Comparison, "before">,
): readonly InputLine[] {
  if (operation !== "create" || before === undefined || after?.custom !== true) return [];
  const defaults: Bag = ARGUMENTS[type]?.defaults ?? {};
  const inputs = Object.entries(after.inputs)
    .filter(([key, value]) => !TAGS.includes(key) && !isDeepStrictEqual(value, defaults[key]))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, value]) => inputsIn(key, maskInput(key, value)));
  return inBrief([
    ...inputs.filter(({ lines }) => lines === undefined),
    ...inputs.filter(({ lines }) => lines !== undefined),
  ]);
}

/** What is said in place of the inputs of a new stack. */
export function newStackNote({ before, stack, changes }: Comparison): readonly string[] {
  return before === undefined && changes.length > 0
    ? [`the stack is new: npm run preview -- ${stack} --json has the inputs of all that is created`]
    : [];
}

interface Input {
  readonly text: string;
  /** Of a document or a text of several lines. */
  readonly lines: readonly string[] | undefined;
}

function inBrief(inputs: readonly Input[]): readonly InputLine[] {
  const shown: InputLine[] = [];
  for (const [index, { text, lines = [] }] of inputs.entries()) {
    const room = MOST_LINES - shown.length - 1;
    // Of a text one line and the count of the others is the least.
    if (room < Math.min(lines.length, 2)) {
      return [...shown, { kind: "more", text: `and ${String(inputs.length - index)} more` }];
    }
    const isWhole = lines.length <= Math.min(MOST_TEXT_LINES, room);
    const first = isWhole ? lines : lines.slice(0, Math.min(MOST_TEXT_LINES, room - 1));
    const rest = lines.length - first.length;
    shown.push(
      { kind: "input", text },
      ...first.map((line) => ({ kind: "text", text: line }) as const),
    );
    if (rest > 0) {
      shown.push({ kind: "text", text: `… ${String(rest)} more ${rest === 1 ? "line" : "lines"}` });
    }
  }
  return shown;
}

/** The single values in a value, by their paths. */
function inputsIn(path: string, value: Json | undefined): readonly Input[] {
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return [textInput(path, value)];
  if (typeof value !== "object") return [single(path, value)];
  const fields: readonly (readonly [string, Json | undefined])[] = Array.isArray(value)
    ? value.map((item, index) => [`${path}[${String(index)}]`, item] as const)
    : Object.entries(value).map(([key, field]) => [`${path}${step(key)}`, field] as const);
  const isFlat = fields.every(([, field]) => typeof field !== "object");
  return fields.length === 0 || (Array.isArray(value) && isFlat && isShort(value))
    ? [single(path, value)]
    : fields.flatMap(([place, field]) => inputsIn(place, field));
}

const step = (key: string): string =>
  /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;

const isShort = (value: Json): boolean => valueText(value).length <= ONE_LINE;

function textInput(path: string, value: string): Input {
  const text = textInBase64(value) ?? value;
  const read = documentIn(text);
  if (read !== undefined) {
    const document = maskInput(path, read);
    return isShort(document) ? single(path, document) : block(path, documentLines(document));
  }
  // What was in base64 has been masked by nobody.
  const masked = maskInput(path, text);
  return typeof masked === "string" && masked.includes("\n")
    ? block(path, masked.replace(/\n$/, "").split("\n"))
    : single(path, masked);
}

function single(path: string, value: Json): Input {
  return { text: legible(`${path}: ${valueText(value)}`), lines: undefined };
}

function block(path: string, lines: readonly string[]): Input {
  return {
    text: legible(`${path}:`),
    lines: lines.map((line) => legible(withShortReferences(line))),
  };
}

/** A document by its single values, which takes fewer lines than as it is written. */
function documentLines(document: Json): readonly string[] {
  return inputsIn("", document).flatMap(({ text, lines = [] }) => [
    text.replace(/^\./, ""),
    ...lines.map((line) => `    ${line}`),
  ]);
}
