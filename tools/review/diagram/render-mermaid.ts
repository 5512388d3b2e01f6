import type { Comparison } from "../../compare/comparison";
import { maskText } from "../mask";
import { architectureOf } from "./architecture";
import { SIGNS, type Change, type DiagramEdge, type DiagramNode } from "./diagram-node";
import type { Kind } from "./places";
import { shortened } from "./shortened";

/**
 * The architecture of a stack and what changes in it, as a flowchart of Mermaid for a comment on GitHub. Each
 * change has a color and a sign. The same comparison gives the same bytes, in whatever order its resources are.
 */
export function renderMermaid(comparison: Comparison): string {
  const { nodes, edges } = architectureOf(comparison);
  const changes = (Object.keys(CLASSES) as Change[]).filter((change) =>
    nodes.some((node) => node.change === change),
  );
  return [
    "flowchart TB",
    ...nodes.map((node) => `  ${nodeLine(node)}`),
    ...edges.map((edge) => `  ${edgeLine(edge)}`),
    ...changes.map((change) => `  classDef ${change}Node ${CLASSES[change]}`),
    ...changes.map((change) => {
      const ids = nodes.filter((node) => node.change === change).map(({ id }) => id);
      return `  class ${ids.join(",")} ${change}Node`;
    }),
    "",
  ].join("\n");
}

/** Every color carries its own text color, so that a comment reads the same on a light and a dark page. */
const CLASSES: Readonly<Record<Change, string>> = {
  same: "fill:#eaeef2,stroke:#8c959f,color:#24292f",
  create: "fill:#1a7f37,stroke:#116329,color:#ffffff,stroke-width:3px",
  update: "fill:#9a6700,stroke:#7d4e00,color:#ffffff,stroke-width:3px",
  replace: "fill:#8250df,stroke:#6639ba,color:#ffffff,stroke-width:3px",
  delete: "fill:#cf222e,stroke:#a40e26,color:#ffffff,stroke-width:3px,stroke-dasharray:6 4",
};

/** Opening and closing of a shape: round for who is outside, a cylinder for what keeps something. */
const SHAPES: Partial<Readonly<Record<Kind, readonly [string, string]>>> = {
  internet: ["((", "))"],
  repository: ["[(", ")]"],
  logs: ["[(", ")]"],
  buckets: ["[(", ")]"],
};

function nodeLine({ id, kind, title, detail, change, counts }: DiagramNode): string {
  const [open, close] = SHAPES[kind] ?? ["[", "]"];
  const sign = change === "same" ? "" : `(${SIGNS[change]}) `;
  const lines = [`${sign}${title}`, detail, counts].filter((line) => line !== undefined);
  return `${id}${open}"${lines.map(labelOf).join("<br/>")}"${close}`;
}

function edgeLine({ from, to, label, isMain, change }: DiagramEdge): string {
  const arrow = isMain ? "-->" : "-.->";
  const sign = change === "same" ? "" : SIGNS[change];
  const text = [sign === "" ? "" : `(${sign})`, label].filter((part) => part !== "").join(" ");
  return `${from} ${arrow}${text === "" ? "" : `|"${labelOf(text)}"|`} ${to}`;
}

/** Everything that Mermaid could read as its own language, Markdown or HTML goes by its number. */
function labelOf(text: string): string {
  return Array.from(shortened(maskText(text)), (letter) =>
    /[\p{L}\p{N} .,:/()~+→–-]/u.test(letter) ? letter : `#${String(letter.codePointAt(0))};`,
  ).join("");
}
