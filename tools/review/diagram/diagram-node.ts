import type { Operation } from "../../compare/comparison";
import { compareTexts } from "../../compare/security/values";
import { KINDS, type Kind } from "./places";

/** What a person draws of a stack: few nodes, each for one resource or for many of a kind. */
export interface Architecture {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

export type Change = Operation | "same";

export interface DiagramNode {
  /** `n1`, `n2` in the order of the nodes. */
  readonly id: string;
  readonly kind: Kind;
  readonly title: string;
  /** In a few words; with both states where they differ. */
  readonly detail: string | undefined;
  readonly change: Change;
  /** How many resources changed how, where a node stands for several: `+1 ~2`. */
  readonly counts: string | undefined;
}

export interface DiagramEdge {
  /** Ids of nodes. */
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** True for traffic and control, which are drawn as a line; all else is dashed. */
  readonly isMain: boolean;
  readonly change: "same" | "create" | "delete";
}

/** Sign of a change, as Pulumi prints it. */
export const SIGNS: Readonly<Record<Change, string>> = {
  same: "",
  create: "+",
  update: "~",
  replace: "+-",
  delete: "-",
};

/** A node before it has its id. */
export type KeyedNode = DiagramNode & { readonly key: string };

/** Key of the node for everybody outside. */
export const INTERNET = "internet";

/** The order in which nodes are drawn. */
export const byTitle = (a: KeyedNode, b: KeyedNode): number =>
  KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) ||
  compareTexts(a.title, b.title) ||
  compareTexts(a.key, b.key);

const KIND_ORDER = Object.keys(KINDS);
