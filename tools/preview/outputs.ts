import { UNKNOWN } from "./graph";
import type { Bag, Json } from "./graph";
import { heading } from "./screen";
import type { Screen } from "./screen";

const indent = "    ";

/**
 * The stack's outputs by name: what only the deployment tells is marked so, texts stand without
 * quotes to be copied, and nothing is cut or wrapped.
 */
export function renderOutputs(outputs: Bag, screen: Screen): string {
  const lines = fields(outputs, screen, indent);
  return [heading("Outputs:", screen), ...(lines.length > 0 ? lines : [`${indent}none`])].join(
    "\n",
  );
}

function fields(bag: Bag, screen: Screen, before: string): string[] {
  const entries = Object.entries(bag).sort(([a], [b]) => (a < b ? -1 : 1));
  const scalars = entries.filter(([, value]) => !isNested(value));
  const width = Math.max(0, ...scalars.map(([key]) => key.length));
  return entries.flatMap(([key, value]) => {
    if (isNested(value)) return [`${before}${key}:`, ...nested(value, screen, before + indent)];
    return [`${before}${`${key}:`.padEnd(width + 1)} ${scalar(value, screen, before + indent)}`];
  });
}

function nested(value: Json[] | Bag, screen: Screen, before: string): string[] {
  if (!Array.isArray(value)) return fields(value, screen, before);
  return value.flatMap((item) => {
    if (!isNested(item)) return [`${before}- ${scalar(item, screen, before + indent)}`];
    const [first = "", ...rest] = nested(item, screen, `${before}  `);
    return [`${before}- ${first.trimStart()}`, ...rest];
  });
}

/** True for a list or a map with something in it. */
function isNested(value: Json): value is Json[] | Bag {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

function scalar(value: Json, { colors }: Screen, before: string): string {
  if (value === UNKNOWN) return colors.dim("[known after deployment]");
  if (typeof value !== "string" || value === "") return JSON.stringify(value);
  return value.split("\n").join(`\n${before}`);
}
