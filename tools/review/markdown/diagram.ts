import type { Comparison } from "../../compare/comparison";
import { renderMermaid } from "../diagram/render-mermaid";
import { fold } from "./blocks";
import { fenced } from "./escape";
import type { Part } from "./fit";

/** The architecture with what changes in it, which GitHub draws; nothing where no resource changes. */
export function diagramPart(stack: string, comparison: Comparison): Part {
  if (comparison.changes.length === 0) return { kind: "diagram", stack, forms: [""] };
  const lines = renderMermaid(comparison).trimEnd().split("\n");
  return { kind: "diagram", stack, forms: [fold("Diagram", fenced("mermaid", lines)), ""] };
}
