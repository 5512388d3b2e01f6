import { withShortReferences } from "../../compare/reference";
import type { Comparison, PropertyChange } from "../../compare/comparison";
import type { SecurityChange } from "../../compare/security-change";
import {
  amountText,
  type CostRow,
  costRows,
  costTotal,
  type FigureRow,
  LOADS,
  movedRows,
  quotaChanges,
  scalingRows,
  signedAmount,
  trafficNote,
} from "../figures";
import { counted, limitsOf } from "../review-facts";
import { settingText, valueText } from "../value-text";
import { fold, tableBlock } from "./blocks";
import { clipped, code, escapeText } from "./escape";
import type { Part } from "./fit";

/** Longest value in a cell. */
const CELL_LENGTH = 300;

/** Configured values that differ. */
export function settingsPart(stack: string, { settings }: Comparison): Part {
  const summary = `Settings: ${counted(settings.length, "value")} changed`;
  return tablePart(
    "settings",
    stack,
    summary,
    ["Key", "Before", "After"],
    settings.map((setting) => cellsOf(setting, settingText)),
  );
}

/** The stack's outputs that differ. */
export function outputsPart(stack: string, { outputs }: Comparison): Part {
  const summary = `Outputs: ${String(outputs.length)} changed`;
  return tablePart(
    "outputs",
    stack,
    summary,
    ["Output", "Before", "After"],
    outputs.map((output) => cellsOf(output, valueText)),
  );
}

function cellsOf(
  { path, before, after }: PropertyChange,
  shown: typeof valueText,
): readonly string[] {
  const [was, is] = [before, after].map((value) =>
    value === undefined ? NONE : code(clipped(shown(value), CELL_LENGTH)),
  );
  const other = was === is ? `${is ?? ""} (another value)` : (is ?? "");
  return [code(clipped(path, CELL_LENGTH)), was ?? "", other];
}

/** Stands where there is no value. */
const NONE = "–";

/** What the change opens and closes, what opens first. */
export function securityPart(stack: string, security: readonly SecurityChange[]): Part {
  const opening = security.filter(({ broadens }) => broadens);
  const rows = [...opening, ...security.filter(({ broadens }) => !broadens)].map((change) => {
    const { broadens, effect, title, before, after } = change;
    const [was, is] = [before, after].map((rule) =>
      rule === undefined ? NONE : code(clipped(withShortReferences(rule), CELL_LENGTH)),
    );
    const what = broadens ? `**${effect}**` : effect;
    return [what, escapeText(clipped(title, CELL_LENGTH)), was ?? "", is ?? ""];
  });
  const opens = opening.length === 0 ? "" : `, ${String(opening.length)} of them open more`;
  const summary = `Security: ${counted(security.length, "change")}${opens}`;
  return tablePart("security", stack, summary, ["", "Subject", "Before", "After"], rows);
}

/** Limits, levels and waivers of the policies that differ, those that allow more first. */
export function limitsPart(stack: string, comparison: Comparison): Part {
  const limits = limitsOf(comparison);
  const loosening = limits.filter(({ loosens }) => loosens).length;
  const rows = limits.map(({ path, before, after, loosens }) => [
    loosens ? "**allows more**" : "",
    code(clipped(path, CELL_LENGTH)),
    ...[before, after].map((value) =>
      value === undefined ? NONE : code(clipped(valueText(value), CELL_LENGTH)),
    ),
  ]);
  const more = loosening === 0 ? "" : `, ${String(loosening)} of them allow more`;
  const summary = `Limits of the policies: ${counted(limits.length, "change")}${more}`;
  return tablePart("limits", stack, summary, ["", "Limit", "Before", "After"], rows);
}

/** Figures of capacity and of a simulated day that move, and quotas. */
export function scalingPart(stack: string, { before, after }: Comparison): Part {
  const rows = movedRows(scalingRows(before, after));
  const { exceeded, kept } = quotaChanges(before, after);
  const quotas = [
    ...exceeded.map((text) => ["**Quota, exceeded now**", NONE, escapeText(text)]),
    ...kept.map((text) => ["Quota, no longer exceeded", escapeText(text), NONE]),
  ];
  const cells = rows.map((row) =>
    [row.name, row.before ?? NONE, row.after ?? NONE].map(escapeText),
  );
  const summary = `Scaling: ${scalingGist(rows, exceeded.length)}`;
  const headings = ["Figure", "Before", "After"];
  return tablePart("scaling", stack, summary, headings, [...quotas, ...cells]);
}

/** The figures that say most, those of them that move. */
const GIST: readonly (readonly [name: string, short: string])[] = [
  ["Tasks", "tasks"],
  ["Simulated day, instances", "instances on a simulated day"],
  ["Simulated day, missed", "missed on it"],
];

function scalingGist(rows: readonly FigureRow[], exceeded: number): string {
  const gist = GIST.flatMap(([name, short]) =>
    rows
      .filter((row) => row.name === name)
      .map(
        (row) =>
          `${row.before === undefined ? "" : `${row.before} → `}${row.after ?? NONE} ${short}`,
      ),
  );
  const quotas = exceeded === 0 ? [] : [`${counted(exceeded, "quota")} exceeded`];
  const all = [...gist, ...quotas];
  return all.length === 0 ? `${counted(rows.length, "figure")} moved` : all.join(", ");
}

/** The lines of the cost that move, and the sum at three loads. */
export function costPart(stack: string, { before, after }: Comparison): Part {
  const total = costTotal(before, after);
  const rows = costRows(before, after);
  const { steady } = total.change;
  const amount = amountText(total, "steady", "→");
  const moves = steady === 0 || before === undefined ? "" : ` (${signedAmount(steady)})`;
  const summary = `Cost: ${amount} USD a month${moves}`;
  const headings = ["USD a month", "Minimum", "Steady", "Worst", "Steady moves by"];
  const note = trafficNote(before, after);
  const notes = [
    ...(note === undefined ? [] : [`- ${escapeText(note)}`]),
    ...after.cost.missing.map((text) => `- No price: ${escapeText(text)}`),
  ];
  return tablePart(
    "cost",
    stack,
    summary,
    headings,
    rows.length === 0
      ? []
      : [...rows.map(costCells), costCells(total).map((cell) => `**${cell}**`)],
    [1, 2, 3, 4],
    notes.length === 0 ? "" : `\n\n${notes.join("\n")}`,
  );
}

function costCells(row: CostRow): string[] {
  return [
    escapeText(row.item),
    ...LOADS.map((load) => amountText(row, load, "→")),
    signedAmount(row.change.steady),
  ];
}

/** A folded table, or nothing where it has no row. */
function tablePart(
  kind: Part["kind"],
  stack: string,
  summary: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  figures: readonly number[] = [],
  end = "",
): Part {
  const whole = fold(summary, tableBlock(headings, rows, figures) + end);
  return { kind, stack, forms: rows.length === 0 ? [""] : [whole, ""] };
}
