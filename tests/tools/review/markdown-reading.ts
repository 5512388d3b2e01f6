import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** The comment as a reader of GitHub's Markdown understands it. */
export function parsed(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** Every node of a kind, in the order of the text. */
export function nodesOf<Type extends Nodes["type"]>(
  node: Nodes,
  type: Type,
): Extract<Nodes, { type: Type }>[] {
  const own = node.type === type ? [node as Extract<Nodes, { type: Type }>] : [];
  const children = "children" in node ? node.children : [];
  return [...own, ...children.flatMap((child) => nodesOf(child, type))];
}

/** The text that shows, without the marks that part it from links. */
export function textOf(node: Nodes): string {
  const text =
    "children" in node ? node.children.map(textOf).join("") : "value" in node ? node.value : "";
  return text.replaceAll("\u200B", "");
}
