import { escapeXml } from "./escape-xml";
import { SIGNS, type DiagramEdge, type DiagramNode } from "./diagram-node";
import type { Point, Route } from "./layout";
import {
  LABEL_SIZE,
  LINE_HEIGHT,
  PADDING,
  SIGN_WIDTH,
  signOf,
  sizeOf,
  TITLE_SIZE,
  type Lines,
} from "./node-lines";

const one = (value: number): string => value.toFixed(1);

/** A card with a bar in the color of its change and the sign in it. */
export function nodeShape(node: DiagramNode, lines: Lines, middle: Point): string {
  const { width, height } = sizeOf(lines);
  const corner = node.kind === "internet" ? height / 2 : 8;
  const box = `width="${one(width)}" height="${one(height)}" rx="${one(corner)}"`;
  const isPlain = node.change === "same";
  const textLeft = isPlain ? width / 2 : SIGN_WIDTH + PADDING;
  const texts = [
    `<text class="title" x="${one(textLeft)}" y="${one(PADDING + TITLE_SIZE - 2)}">${escapeXml(lines.title)}</text>`,
    ...lines.rest.map(
      (line, index) =>
        `<text class="detail" x="${one(textLeft)}" y="${one(PADDING + TITLE_SIZE - 2 + (index + 1) * LINE_HEIGHT)}">${escapeXml(line)}</text>`,
    ),
  ];
  const sign = isPlain
    ? ""
    : `<path class="bar" d="M8 0H${String(SIGN_WIDTH)}V${one(height)}H8A8 8 0 0 1 0 ${one(height - 8)}V8A8 8 0 0 1 8 0Z"/>` +
      `<text class="sign" x="${one(SIGN_WIDTH / 2)}" y="${one(height / 2 + 6)}">${escapeXml(signOf(node))}</text>`;
  const corners = `translate(${one(middle.x - width / 2)} ${one(middle.y - height / 2)})`;
  return `<g class="node ${node.change}" transform="${corners}"><rect class="card" ${box}/>${sign}${texts.join("")}</g>`;
}

/** An arrow along the route, with its label and the sign of its change. */
export function edgeShape(edge: DiagramEdge, route: Route | undefined): string {
  const [start, ...rest] = route?.curve ?? [];
  if (route === undefined || start === undefined) {
    return "";
  }
  const at = ({ x, y }: Point): string => `${one(x)} ${one(y)}`;
  const path = `M${at(start)}C${rest.map(at).join(" ")}`;
  const kind = edge.isMain ? "main" : "aside";
  const end = rest.at(-1) ?? start;
  const arrow = route.tip === undefined ? "" : `<path class="tip" d="${arrowOf(end, route.tip)}"/>`;
  const text = edge.change === "same" ? edge.label : `${SIGNS[edge.change]} ${edge.label}`.trim();
  const label =
    route.label === undefined
      ? ""
      : `<text class="label" x="${one(route.label.x)}" y="${one(route.label.y + LABEL_SIZE / 3)}">${escapeXml(text)}</text>`;
  return `<g class="edge ${kind} ${edge.change}"><path class="way" d="${path}"/>${arrow}${label}</g>`;
}

function arrowOf(from: Point, tip: Point): string {
  const [x, y] = [tip.x - from.x, tip.y - from.y];
  const length = Math.hypot(x, y) || 1;
  const [aside, along] = [(4 * y) / length, (4 * x) / length];
  return `M${one(tip.x)} ${one(tip.y)}L${one(from.x - aside)} ${one(from.y + along)}L${one(from.x + aside)} ${one(from.y - along)}Z`;
}
