import type { Comparison } from "../compare/comparison";
import type { SecurityChange } from "../compare/security-change";
import { withShortReferences } from "../compare/reference";
import type { PolicyFinding } from "../policy/verdict";
import { alignColumns, heading } from "../preview/screen";
import type { Screen } from "../preview/screen";
import {
  amountText,
  type CostRow,
  costRows,
  costTotal,
  LOADS,
  movedRows,
  quotaChanges,
  scalingRows,
  signedAmount,
  trafficNote,
} from "./figures";
import { inOneLine } from "./legible";
import { deltaText, policyDelta, remediedOf } from "./policy-delta";
import { propertyLines } from "./render-text-changes";
import { limitText, settingText } from "./value-text";
import { limitsOf, titleOf, undecidedText } from "./review-facts";

const indent = "    ";

/** Configured values that differ. */
export function renderSettings({ settings }: Comparison, screen: Screen): readonly string[] {
  if (settings.length === 0) return [];
  return [
    heading("Settings:", screen),
    ...settings
      .flatMap((setting) => propertyLines(setting, screen.colors, settingText))
      .map(shownIn),
    "",
  ];
}

/** The stack's outputs that differ. */
export function renderOutputChanges({ outputs }: Comparison, screen: Screen): readonly string[] {
  if (outputs.length === 0) return [];
  return [
    heading("Outputs:", screen),
    ...outputs.flatMap((output) => propertyLines(output, screen.colors)).map(shownIn),
    "",
  ];
}

function shownIn({ text, paint }: { text: string; paint: (text: string) => string }): string {
  return indent + paint(text);
}

/** What the change opens and closes, what opens first. */
export function renderSecurity(
  security: readonly SecurityChange[],
  screen: Screen,
): readonly string[] {
  if (security.length === 0) return [];
  const { colors } = screen;
  const inOrder = [true, false].flatMap((wanted) =>
    security.filter(({ broadens }) => broadens === wanted),
  );
  return [
    heading("Security:", screen),
    ...inOrder.flatMap(({ broadens, effect, title, before, after }) => {
      const paint = broadens ? colors.red : colors.green;
      const sign = broadens ? "!" : " ";
      return [
        `${indent}${paint(`${sign} ${effect}`)}  ${inOneLine(title)}`,
        ...(before === undefined
          ? []
          : [`${indent}    - ${inOneLine(withShortReferences(before))}`]),
        ...(after === undefined ? [] : [`${indent}    + ${inOneLine(withShortReferences(after))}`]),
      ];
    }),
    "",
  ];
}

/** Limits, levels and waivers of the policies that differ, those that allow more first. */
export function renderLimits(comparison: Comparison, screen: Screen): readonly string[] {
  const limits = limitsOf(comparison);
  if (limits.length === 0) return [];
  const { colors } = screen;
  return [
    heading("Limits of the policies:", screen),
    ...limits.map((limit) => {
      const [sign, paint] = limit.loosens ? ["!", colors.red] : [" ", colors.green];
      return `${indent}${paint(inOneLine(`${sign} ${limit.path}: ${limitText(limit)}`))}`;
    }),
    "",
  ];
}

/** Resources that are made of an encrypted value which is another one. */
export function renderUndecided(comparison: Comparison, screen: Screen): readonly string[] {
  const { undecided } = comparison;
  if (undecided.length === 0) return [];
  return [
    heading("May change:", screen),
    ...undecided.map((resource) => {
      const text = `${titleOf(resource)} ${undecidedText(resource, comparison)}`;
      return screen.colors.yellow(`${indent}? ${inOneLine(text)}`);
    }),
    "",
  ];
}

/** Figures of capacity and of a simulated day that move, and quotas. */
export function renderScaling({ before, after }: Comparison, screen: Screen): readonly string[] {
  const rows = movedRows(scalingRows(before, after));
  const { exceeded, kept } = quotaChanges(before, after);
  if (rows.length + exceeded.length + kept.length === 0) return [];
  const cells = rows.map((row) => [row.name, row.before ?? "", "->", row.after ?? ""]);
  const table = alignColumns(cells).map((row) => `${indent}${row.join("  ")}`.trimEnd());
  return [
    heading("Scaling:", screen),
    ...table,
    ...exceeded.map((text) => screen.colors.red(`${indent}Quota, exceeded now: ${text}`)),
    ...kept.map((text) => `${indent}Quota, no longer exceeded: ${text}`),
    "",
  ];
}

/** The cost in all, and the lines that move. */
export function renderCostChange({ before, after }: Comparison, screen: Screen): readonly string[] {
  const rows = costRows(before, after);
  const note = trafficNote(before, after);
  if (rows.length === 0) return [];
  const cells = [
    ["USD a month", "Minimum", "Steady", "Worst", "Steady moves by"],
    ...[...rows, costTotal(before, after)].map(costCells),
  ];
  return [
    heading("Cost:", screen),
    ...alignColumns(cells, [1, 2, 3, 4]).map((row, index) => {
      const line = `${indent}${row.join("  ")}`.trimEnd();
      return index === 0 || index === cells.length - 1 ? screen.colors.bold(line) : line;
    }),
    ...(note === undefined ? [] : [`${indent}${note}`]),
    ...after.cost.missing.map((missing) => screen.colors.yellow(`${indent}No price: ${missing}`)),
    "",
  ];
}

function costCells(row: CostRow): string[] {
  return [
    row.item,
    ...LOADS.map((load) => amountText(row, load, "->")),
    signedAmount(row.change.steady),
  ];
}

/** The violations that the change brings and ends, in full; how many stay. */
export function renderPolicyDelta(comparison: Comparison, screen: Screen): readonly string[] {
  const { colors } = screen;
  const delta = policyDelta(comparison);
  const { resolved, remaining } = delta;
  if (deltaText(delta) === "") return [];
  return [
    `${heading("Policy violations:", screen)} ${deltaText(delta)}`,
    ...remediedOf(comparison, delta).flatMap(({ finding, remedy }) => {
      const paint = finding.level === "mandatory" ? colors.red : colors.yellow;
      return [
        `${indent}${paint(`new, ${finding.level}`)}  ${subjectOf(finding)}`,
        `${indent}    ${inOneLine(finding.message)}`,
        ...(remedy === undefined ? [] : [`${indent}    remedy: ${remedy}`]),
      ];
    }),
    ...resolved.map((finding) => `${indent}${colors.green("resolved")}  ${subjectOf(finding)}`),
    ...remaining.map(
      (finding) => `${indent}${colors.dim(`as before, ${finding.level}`)}  ${subjectOf(finding)}`,
    ),
    "",
  ];
}

function subjectOf(finding: PolicyFinding): string {
  const { policy, source } = finding;
  const place = source === undefined ? "" : ` (${source.file}:${String(source.line)})`;
  return inOneLine(`${policy}  ${titleOf(finding)}${place}`);
}
