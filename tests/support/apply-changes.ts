import type { PropertyChange } from "../../tools/compare/comparison";
import { textInBase64 } from "../../tools/compare/base64-text";
import type { Bag, Json } from "../../tools/preview/graph";

/** A step of a path as a comparison writes it. */
type Step =
  | { readonly kind: "key"; readonly text: string }
  | { readonly kind: "element"; readonly text: string }
  | { readonly kind: "order" };

/** The inputs after the changes, each made where its path says and inside of documents too. */
export function applyChanges(
  inputs: Bag,
  changes: readonly Pick<PropertyChange, "path" | "before" | "after">[],
): Bag {
  const isAddition = ({ before }: Pick<PropertyChange, "before">): boolean => before === undefined;
  const ordered = [
    // From the end, so that a place in a list is still what it was before the change.
    ...changes.filter((change) => !isAddition(change)).reverse(),
    ...changes.filter(isAddition),
  ];
  return ordered.reduce<Bag>(
    (bag, { path, before, after }) => changed(bag, stepsOf(path), { before, after }) as Bag,
    structuredClone(inputs),
  );
}

interface Values {
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

function stepsOf(path: string): Step[] {
  const step = /\.?([^.[\]]+)|\["((?:[^"\\]|\\.)*)"\]|\[(\*)\]|\[([^\]]*)\]/y;
  const steps: Step[] = [];
  while (step.lastIndex < path.length) {
    const found = step.exec(path);
    if (found === null) throw new Error(`path ${path} cannot be read`);
    const [, key, quoted, order, element] = found;
    if (order !== undefined) steps.push({ kind: "order" });
    else if (key !== undefined) steps.push({ kind: "key", text: key });
    else if (element !== undefined) steps.push({ kind: "element", text: element });
    else steps.push({ kind: "key", text: JSON.parse(`"${quoted ?? ""}"`) as string });
  }
  return steps;
}

function changed(
  value: Json | undefined,
  [step, ...rest]: readonly Step[],
  values: Values,
): Json | undefined {
  if (typeof value === "string") return changedText(value, step, rest, values);
  if (step === undefined) return values.after;
  if (Array.isArray(value)) return changedList(value, step, rest, values);
  if (step.kind !== "key" && !(step.kind === "element")) throw new Error("an object has no order");
  const bag = { ...((value ?? {}) as Bag) };
  const inner = changed(bag[step.text], rest, values);
  if (inner !== undefined) return { ...bag, [step.text]: inner };
  return Object.fromEntries(Object.entries(bag).filter(([key]) => key !== step.text));
}

function changedText(
  text: string,
  step: Step | undefined,
  rest: readonly Step[],
  values: Values,
): Json | undefined {
  const decoded = textInBase64(text);
  const encode = (plain: string): string =>
    decoded === undefined ? plain : Buffer.from(plain).toString("base64");
  if (step === undefined) {
    // The comparison tells what a text holds where both sides are encoded.
    const isDecoded = values.before === decoded && typeof values.after === "string";
    return isDecoded ? encode(values.after) : values.after;
  }
  const document = JSON.parse(decoded ?? text) as Json;
  return encode(JSON.stringify(changed(document, [step, ...rest], values)));
}

const NAMES = ["name", "key", "Sid", "sid", "deviceName", "resourceType"];

function changedList(list: Json[], step: Step, rest: readonly Step[], values: Values): Json {
  if (step.kind === "order") {
    const names = values.after as string[];
    const places = list.flatMap((item, index) => (names.includes(nameOf(item)) ? [index] : []));
    const copy = [...list];
    places.forEach((place, index) => {
      copy[place] = list.find((item) => nameOf(item) === names[index]) ?? null;
    });
    return copy;
  }
  const isIndex = step.kind === "element" && /^\d+$/.test(step.text);
  const found = isIndex ? Number(step.text) : list.findIndex((item) => nameOf(item) === step.text);
  const index = found === -1 ? list.length : found;
  const isNew = rest.length === 0 && values.before === undefined;
  const inner = changed(isNew ? undefined : list[index], rest, values);
  const copy = [...list];
  copy.splice(Math.min(index, copy.length), isNew ? 0 : 1, ...(inner === undefined ? [] : [inner]));
  return copy;
}

function nameOf(item: Json): string {
  const bag = (typeof item === "object" && item !== null ? item : {}) as Bag;
  return NAMES.map((name) => bag[name]).find((name) => typeof name === "string") ?? "";
}
