import type { Json, ResourceNode } from "../preview/graph";
import type { StackSide } from "./stack-side";

/** What deploying `after` would do to a stack that stands as `before`. */
export interface Comparison {
  readonly project: string;
  /** Name of the stack; with two stacks that of `after`. */
  readonly stack: string;
  /** Undefined for a stack that is new. */
  readonly before: StackSide | undefined;
  readonly after: StackSide;
  /** Sorted by the URN after the change (of what is deleted, before it); resources that stay as they are have none. */
  readonly changes: readonly ResourceChange[];
  /** Resources that stay as they are, but with another URN or other options; sorted by URN. */
  readonly kept: readonly KeptResource[];
  readonly counts: Readonly<Record<Operation | "same", number>>;
  /** Configured values that differ, by key; the path is the full key. */
  readonly settings: readonly PropertyChange[];
  /** The stack's outputs that differ. */
  readonly outputs: readonly PropertyChange[];
}

export type Operation = "create" | "update" | "replace" | "delete";

export interface ResourceChange {
  readonly operation: Operation;
  /** URN after the change; of what is deleted, before it. */
  readonly urn: string;
  /** URN before an alias gave it the new one; undefined where it stays. */
  readonly previousUrn: string | undefined;
  readonly type: string;
  readonly name: string;
  readonly before: ResourceNode | undefined;
  readonly after: ResourceNode | undefined;
  /** Inputs that differ, by the innermost place, in the order of their paths; empty for create and delete. */
  readonly properties: readonly PropertyChange[];
  /** Options that differ, such as `protect` and `ignoreChanges`, by the option's name. */
  readonly options: readonly PropertyChange[];
  /** True for an update of a type that the table of replacements does not know: it may be a replacement. */
  readonly mayReplace: boolean;
  /** True for a replacement that deletes the old resource before it creates the new one. */
  readonly deletesFirst: boolean;
  /** URNs of changed resources that this change follows from, through a value that only the deployment tells; sorted. */
  readonly follows: readonly string[];
  /** What is lost where the resource is deleted or replaced, or undefined for what holds nothing. */
  readonly holds: "data" | "traffic" | undefined;
  /** For a deletion or replacement of what holds data or traffic; `allowed` where its type is on the allow-list. */
  readonly destruction: "refused" | "allowed" | undefined;
  /** Who allowed it, for a person: `--allow-destruction`, or a commit, `1a2b3c4 (feat: move the service)`. */
  readonly allowedBy: string | undefined;
  /** For a person: the alias that is missing, what a protected resource needs first; undefined for none. */
  readonly hint: string | undefined;
  /**
   * Configuration keys whose values make the difference, sorted; empty where none does. Undefined where the
   * comparison did not ask: it asks between two stacks only.
   */
  readonly causes: readonly string[] | undefined;
}

/** A resource that is not touched, though the program says something else of it. */
export interface KeptResource {
  readonly urn: string;
  /** URN before an alias gave it the new one; undefined where it stays. */
  readonly previousUrn: string | undefined;
  readonly type: string;
  readonly name: string;
  /** Options that differ, by the option's name. */
  readonly options: readonly PropertyChange[];
}

export interface PropertyChange {
  /**
   * As Pulumi writes property paths: `healthCheck.path`, `ingress[0].fromPort`. What stands inside of a
   * document goes on with its own path: `policy.Statement[1].Action`, `containerDefinitions[0].cpu`.
   * Elements of lists that have a name of their own, such as containers and tags, are found by it:
   * `containerDefinitions[app].environment[LOG_LEVEL].value`.
   */
  readonly path: string;
  /** Undefined where the property is added. */
  readonly before: Json | undefined;
  /** Undefined where the property is removed; UNKNOWN where only the deployment tells. */
  readonly after: Json | undefined;
  /** True where this difference forces a replacement. */
  readonly replaces: boolean;
  /** Of a text of several lines, such as user data: its lines; undefined for other values. */
  readonly lines: readonly LineChange[] | undefined;
}

export interface LineChange {
  readonly kind: "added" | "removed" | "same";
  readonly text: string;
}
