import type { LineChange, Operation, PropertyChange, ResourceChange } from "../compare/comparison";
import type { Comparison } from "../compare/comparison";
import { alignColumns, heading, plain, renderLine } from "../preview/screen";
import type { Screen } from "../preview/screen";
import { displayType } from "../preview/tree";
import { changedRows } from "./changed-rows";
import { createdInputs, type InputLine, newStackNote } from "./created-inputs";
import { hunksOf } from "./hunks";
import { inOneLine } from "./legible";
import { isHandingOn, keptText, notesOf, optionText, permissionText, signOf } from "./review-facts";
import { valueText } from "./value-text";

type Colors = Screen["colors"];
type Paint = (text: string) => string;

/** Room for the sign at the begin of a line. */
const margin = "     ";

/** The tree of what changes as `pulumi preview` draws it, below each resource what differs and why. */
export function renderChanges(comparison: Comparison, { colors }: Screen): readonly string[] {
  const rows = changedRows(comparison);
  const cells = rows.map(({ branch, resource: { type, name, change } }) => [
    branch + inOneLine(displayType(type)),
    inOneLine(name),
    change?.operation ?? "",
  ]);
  const [header = [], ...lines] = alignColumns([["Type", "Name", "Plan"], ...cells]);
  return [
    renderLine([{ text: margin + header.join("  "), paint: colors.bold }]),
    ...lines.flatMap(([type = "", name = "", plan = ""], index) => {
      const row = rows[index];
      const { branch = "", below = "" } = row ?? {};
      const change = row?.resource.change;
      const paint = change === undefined ? colors.dim : paintOf(change.operation, colors);
      const sign = change === undefined ? "" : signOf(change.operation);
      return [
        renderLine([
          { text: ` ${sign.padEnd(4)}`, paint },
          { text: branch, paint: colors.dim },
          { text: `${type.slice(branch.length)}  ${name}  `, paint: change ? plain : colors.dim },
          { text: plan, paint },
        ]),
        ...(change === undefined ? [] : detailsOf(change, comparison, colors)).map(
          ({ text, paint: ink }) =>
            renderLine([
              { text: `${margin}${below}`, paint: colors.dim },
              { text, paint: ink },
            ]),
        ),
      ];
    }),
    ...newStackNote(comparison).map((note) => colors.dim(`${margin}# ${inOneLine(note)}`)),
  ];
}

/** What stays under another name or with other options. */
export function renderKept({ kept }: Comparison, screen: Screen): readonly string[] {
  if (kept.length === 0) return [];
  return [
    heading("Kept:", screen),
    ...kept.flatMap((resource) => [
      `    ${inOneLine(keptText(resource))}`,
      ...resource.options
        .map((option) => optionLine(option, resource, screen.colors))
        .map(({ text, paint }) => `        ${paint(text)}`),
    ]),
    "",
  ];
}

/** What an operation looks like on a terminal, as the engine paints it. */
function paintOf(operation: Operation, colors: Colors): Paint {
  const paints = {
    create: colors.green,
    update: colors.yellow,
    replace: colors.magenta,
    delete: colors.red,
  };
  return paints[operation];
}

interface Line {
  readonly text: string;
  readonly paint: Paint;
}

function detailsOf(
  change: ResourceChange,
  comparison: Comparison,
  colors: Colors,
): readonly Line[] {
  if (isHandingOn(change, comparison)) return [];
  const { properties, options, destruction } = change;
  return [
    ...(destruction === undefined
      ? []
      : [
          {
            text: inOneLine(`! holds ${change.holds ?? ""}, ${permissionText(change)}`),
            paint: colors.red,
          },
        ]),
    ...properties.flatMap((property) => propertyLines(property, colors)),
    ...createdInputs(change, comparison).map((line) => inputLine(line, colors)),
    ...options.map((option) => optionLine(option, change, colors)),
    ...notesOf(change).map((text) => ({ text: `# ${inOneLine(text)}`, paint: colors.dim })),
  ];
}

function inputLine({ kind, text }: InputLine, { green, dim }: Colors): Line {
  const signs = { input: ["+ ", green], text: ["    ", green], more: ["# ", dim] } as const;
  const [sign, paint] = signs[kind];
  return { text: `${sign}${inOneLine(text)}`, paint };
}

function optionLine(
  option: PropertyChange,
  resource: Pick<ResourceChange, "type">,
  { yellow }: Colors,
): Line {
  return { text: inOneLine(`~ [option] ${optionText(option, resource)}`), paint: yellow };
}

/** A difference in the form of `pulumi preview --diff`: `~ port: 80 => 8080`, or line by line for a text. */
export function propertyLines(
  property: PropertyChange,
  colors: Colors,
  shown = valueText,
): readonly Line[] {
  const { before, after, replaces, lines } = property;
  const path = inOneLine(property.path);
  const [sign, paint] =
    before === undefined
      ? ["+", colors.green]
      : after === undefined
        ? ["-", colors.red]
        : ["~", colors.yellow];
  const end = replaces ? "  forces a replacement" : "";
  if (lines !== undefined) {
    return [
      { text: `${sign} ${path}:${end}`, paint: replaces ? colors.magenta : paint },
      ...hunksOf(lines).map((hunk) => lineOf(hunk, colors)),
    ];
  }
  const values = [before, after].flatMap((value) =>
    value === undefined ? [] : inOneLine(shown(value)),
  );
  // Two secrets look the same.
  const same = values.length === 2 && values[0] === values[1] ? " (another value)" : "";
  return [
    {
      text: `${sign} ${path}: ${values.join(" => ")}${same}${end}`,
      paint: replaces ? colors.magenta : paint,
    },
  ];
}

function lineOf(hunk: LineChange | number, colors: Colors): Line {
  if (typeof hunk === "number") {
    const what = `    … ${String(hunk)} ${hunk === 1 ? "line" : "lines"} as before`;
    return { text: what, paint: colors.dim };
  }
  const signs = {
    added: ["+", colors.green],
    removed: ["-", colors.red],
    same: [" ", colors.dim],
  } as const;
  const [sign, paint] = signs[hunk.kind];
  return { text: `    ${sign} ${hunk.text}`, paint };
}
