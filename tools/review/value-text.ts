import type { LimitChange } from "../compare/comparison";
import { withShortReferences } from "../compare/reference";
import { type Bag, type Json, SECRET, UNKNOWN } from "../preview/graph";

/** What only the deployment tells, for a person. */
const KNOWN_LATER = "[known after deployment]";

/**
 * A value in one line for a person: texts in quotes, references by type and name, `[known after deployment]`
 * for what only the deployment tells. An empty text for no value at all.
 */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return textOf(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  return value !== null && typeof value === "object" ? bagText(value) : String(value);
}

function textOf(text: string): string {
  if (text === UNKNOWN) return KNOWN_LATER;
  const short = withShortReferences(text);
  const isReference = short !== text && /^\$\{[^}]*\}$/.test(short);
  return isReference || text === SECRET ? short : JSON.stringify(short);
}

function bagText(bag: Bag): string {
  const fields = Object.keys(bag)
    .sort()
    .map((key) => `${/^[\w-]+$/.test(key) ? key : JSON.stringify(key)}: ${valueText(bag[key])}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

/** A limit of a policy that differs: `4 -> 400`, `+ 22` for what comes, `- 22` for what goes. */
export function limitText({ before, after }: Pick<LimitChange, "before" | "after">): string {
  if (before === undefined) return `+ ${valueText(after)}`;
  return after === undefined
    ? `- ${valueText(before)}`
    : `${valueText(before)} -> ${valueText(after)}`;
}

/** A configured value in one line, which is a text as the stack file has it. */
export function settingText(value: Json | undefined): string {
  return typeof value === "string" && value !== "" && value !== UNKNOWN ? value : valueText(value);
}
