import type {
  Comparison,
  KeptResource,
  LineChange,
  PropertyChange,
  ResourceChange,
} from "../../compare/comparison";
import { createdInputs, type InputLine, newStackNote } from "../created-inputs";
import { hunksOf } from "../hunks";
import { inOneLine } from "../legible";
import {
  counted,
  countsText,
  isHandingOn,
  keptText,
  notesOf,
  optionText,
  permissionText,
  titleOf,
} from "../review-facts";
import { valueText } from "../value-text";
import { fold } from "./blocks";
import { clipped, fenced } from "./escape";
import type { Part } from "./fit";

/** Longest line of a difference; what is longer is read in the file that it stands in. */
const LINE_LENGTH = 1000;

/** The signs by which GitHub colours a line of a block of kind `diff`. */
const SIGNS = { create: "+", update: "!", replace: "!", delete: "-" } as const;

/** Operations in the order of the block: what is lost comes first. */
const ORDER = ["delete", "replace", "update", "create"] as const;

/** How many resources are named where not all of them are. */
const NAMED = 100;

/**
 * What changes, coloured as a difference: with every property, without the inputs of what is created, with the
 * resources alone, with the first of them, or not at all.
 */
export function resourcesPart(stack: string, comparison: Comparison): Part {
  const changes = ORDER.flatMap((operation) =>
    comparison.changes.filter(
      (change) => change.operation === operation && !isHandingOn(change, comparison),
    ),
  );
  if (comparison.changes.length + comparison.kept.length === 0) {
    return { kind: "resources", stack, forms: [""] };
  }
  const around = comparison.changes.length - changes.length;
  const end = [
    ...(around === 0 ? [] : [`# and ${counted(around, "component")} around them`]),
    ...newStackNote(comparison).map((note) => `# ${note}`),
    ...comparison.kept.flatMap(keptLines),
  ];
  const titles = [...changes.map(titleLine), ...end];
  const more = titles.length - NAMED;
  const counts = countsText(comparison, false);
  const inputsOf = (change: ResourceChange) => createdInputs(change, comparison).map(inputLine);
  const [whole, known, named, first] = [
    [
      ...changes.flatMap((each) => [titleLine(each), ...inputsOf(each), ...detailLines(each)]),
      ...end,
    ],
    [...changes.flatMap((change) => [titleLine(change), ...detailLines(change)]), ...end],
    titles,
    more > 0 ? [...titles.slice(0, NAMED), `# and ${String(more)} more`] : titles,
  ].map((lines) => {
    const shown = lines.map((line) => clipped(inOneLine(line), LINE_LENGTH).trimEnd());
    return fold(`Resources: ${counts === "" ? "none changes" : counts}`, fenced("diff", shown));
  });
  return {
    kind: "resources",
    stack,
    forms: [whole ?? "", known ?? "", named ?? "", first ?? "", ""],
  };
}

function inputLine({ kind, text }: InputLine): string {
  const margins = { input: "+     ", text: "+         ", more: "#     " };
  return `${margins[kind]}${text}`;
}

function keptLines(kept: KeptResource): readonly string[] {
  return [`# keep ${keptText(kept)}`, ...kept.options.map((option) => optionLine(option, kept))];
}

function optionLine(option: PropertyChange, resource: Pick<ResourceChange, "type">): string {
  return `!     option ${optionText(option, resource)}`;
}

function titleLine(change: ResourceChange): string {
  const { operation, holds, destruction } = change;
  const loss =
    destruction === undefined ? "" : ` (holds ${holds ?? ""}, ${permissionText(change)})`;
  return `${SIGNS[operation]} ${operation} ${titleOf(change)}${loss}`;
}

function detailLines(change: ResourceChange): readonly string[] {
  const { properties, options } = change;
  return [
    ...properties.flatMap(propertyLines),
    ...options.map((option) => optionLine(option, change)),
    ...notesOf(change).map((note) => `#     ${note}`),
  ];
}

function propertyLines({ path, before, after, replaces, lines }: PropertyChange): string[] {
  const why = replaces ? "  (forces a replacement)" : "";
  if (lines !== undefined) return [`!     ${path}:${why}`, ...hunksOf(lines).map(hunkLine)];
  const [was, is] = [valueText(before), valueText(after)];
  // Two secrets look the same.
  const end = before !== undefined && was === is ? "  (another value)" : why;
  return [
    ...(before === undefined ? [] : [`-     ${path}: ${was}`]),
    ...(after === undefined ? [] : [`+     ${path}: ${is}${end}`]),
    ...(after === undefined && replaces ? [`#     without ${path}:${why}`] : []),
  ];
}

function hunkLine(hunk: LineChange | number): string {
  if (typeof hunk === "number") {
    return `#         … ${String(hunk)} ${hunk === 1 ? "line" : "lines"} as before`;
  }
  const sign = { added: "+", removed: "-", same: " " }[hunk.kind];
  return `${sign}         ${hunk.text}`;
}
