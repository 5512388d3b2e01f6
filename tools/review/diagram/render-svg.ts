import type { Comparison } from "../../compare/comparison";
import { maskText } from "../mask";
import { architectureOf } from "./architecture";
import { SIGNS, type Architecture, type Change, type DiagramEdge } from "./diagram-node";
import { layOut, type Layout } from "./layout";
import { LABEL_SIZE, linesOf, sizeOf, type Lines } from "./node-lines";
import { legend, LEGEND_HEIGHT } from "./legend";
import { edgeShape, nodeShape } from "./shapes";
import { STYLE } from "./style";
import { textWidth } from "./text-width";
import { escapeXml } from "./escape-xml";

const MARGIN = 24;
const HEAD_HEIGHT = 64;
const LEAST_WIDTH = 640;

/**
 * The architecture of a stack and what changes in it, as an SVG file that stands for itself: no font, script
 * or address of elsewhere, light or dark as the reader's machine is. Each change has a color and a sign. The
 * same comparison gives the same bytes, in whatever order its resources are.
 */
export async function renderSvg(comparison: Comparison): Promise<string> {
  const architecture = architectureOf(comparison);
  const lines = architecture.nodes.map(linesOf);
  const layout = await layOut({
    nodes: architecture.nodes.map(({ id }, index) => ({ id, ...sizeOf(lines[index] ?? NO_LINES) })),
    edges: architecture.edges.map((edge) => ({ ...edge, label: labelSize(edge) })),
  });
  const title = maskText(`${comparison.project}: what changes in ${comparison.stack}`);
  const width = Math.max(
    LEAST_WIDTH,
    layout.width + 2 * MARGIN,
    textWidth(title, 18, { isBold: true }) + 2 * MARGIN,
  );
  const height = layout.height + HEAD_HEIGHT + LEGEND_HEIGHT + 2 * MARGIN;
  const size = `width="${width.toFixed(0)}" height="${height.toFixed(0)}"`;
  const left = (width - layout.width) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width.toFixed(0)} ${height.toFixed(0)}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="description">${escapeXml(describe(architecture, lines))}</desc>`,
    `<style>${STYLE}</style>`,
    '<rect class="ground" width="100%" height="100%"/>',
    `<text class="head" x="${String(MARGIN)}" y="${String(MARGIN + 20)}">${escapeXml(title)}</text>`,
    `<text class="sides" x="${String(MARGIN)}" y="${String(MARGIN + 42)}">${escapeXml(sidesOf(comparison, width))}</text>`,
    `<g transform="translate(${left.toFixed(1)} ${String(MARGIN + HEAD_HEIGHT)})">`,
    ...drawing(architecture, lines, layout),
    "</g>",
    `<g transform="translate(${String(MARGIN)} ${(height - LEGEND_HEIGHT - MARGIN / 2).toFixed(1)})">${legend()}</g>`,
    "</svg>",
    "",
  ].join("\n");
}

const NO_LINES: Lines = { title: "", rest: [] };

function drawing(
  { nodes, edges }: Architecture,
  lines: readonly Lines[],
  layout: Layout,
): readonly string[] {
  return [
    ...edges.map((edge, index) => edgeShape(edge, layout.edges[index])),
    ...nodes.map((node, index) =>
      nodeShape(node, lines[index] ?? NO_LINES, layout.nodes[index] ?? { x: 0, y: 0 }),
    ),
  ];
}

function labelSize({ label }: DiagramEdge) {
  return label === ""
    ? undefined
    : { width: textWidth(label, LABEL_SIZE) + 8, height: LABEL_SIZE + 6 };
}

function sidesOf({ before, after }: Comparison, width: number): string {
  const text = maskText(
    before === undefined ? `${after.label}, a new stack` : `${before.label} → ${after.label}`,
  );
  const letters = Array.from(text);
  while (textWidth(letters.join(""), 13) > width - 2 * MARGIN) {
    letters.splice(-2, 2, "…");
  }
  return letters.join("");
}

/** The changes in words, for who cannot see the picture. */
function describe({ nodes }: Architecture, lines: readonly Lines[]): string {
  const changed = nodes.flatMap(({ change }, index) => {
    const { title = "", rest = [] } = lines[index] ?? {};
    return change === "same" ? [] : [`${VERBS[change]} ${[title, ...rest].join(", ")}`];
  });
  return changed.length === 0 ? "Nothing changes." : `${changed.join("; ")}.`;
}

const VERBS: Readonly<Record<Exclude<Change, "same">, string>> = {
  create: `${SIGNS.create} creates`,
  update: `${SIGNS.update} updates`,
  replace: `${SIGNS.replace} replaces`,
  delete: `${SIGNS.delete} deletes`,
};
