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
  /** What is undecided and may stay as it is counts nowhere here. */
  readonly counts: Readonly<Record<Operation | "same", number>>;
  /** Configured values that differ, by key; the path is the full key. */
  readonly settings: readonly PropertyChange[];
  /** The stack's outputs that differ. */
  readonly outputs: readonly PropertyChange[];
  /** What the policies allow that differs, by policy; of a stack that is new, nothing. */
  readonly limits: readonly LimitChange[];
  /** Resources of which it cannot be told whether they change, or change even more; sorted by URN. */
  readonly undecided: readonly UndecidedResource[];
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
  /**
   * For a person: the alias that is missing, what a protected resource needs first, what an update sets
   * off; undefined for none.
   */
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

/** A limit, a level or a waiver of a policy that differs. */
export interface LimitChange {
  readonly kind: "limit" | "level" | "waiver";
  readonly policy: string;
  /**
   * `asg-size-within-limits.maxCeiling`; the level is `….enforcementLevel`, as in the configuration of
   * a pack, a waiver `….waivers[name web-*]`.
   */
  readonly path: string;
  /** Undefined where it is added; of a list, what is removed from it. */
  readonly before: Json | undefined;
  /** Undefined where it is removed; of a list, what is added to it. */
  readonly after: Json | undefined;
  /** True where more is allowed than before, or where that cannot be ruled out. */
  readonly loosens: boolean;
  /** Where a waiver stands. */
  readonly source?: { readonly file: string; readonly line: number };
}

/** A resource that is made of an encrypted value which is another one, and which nobody decrypts here. */
export interface UndecidedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Its inputs that are made of encrypted values, by their paths. */
  readonly paths: readonly string[];
  /** Keys of the encrypted settings that differ; which of them it is made of is not known. */
  readonly because: readonly string[];
  /** True where a change of one of the inputs replaces it, or where that is not known. */
  readonly mayReplace: boolean;
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
