/** A value of a resource as JSON; unknown values are UNKNOWN, secrets are SECRET. */
export type Json = null | boolean | number | string | Json[] | Bag;
export interface Bag {
  [key: string]: Json;
}

/** Stands for a value that only the deployment tells; the engine's own sentinel. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** Stands for a secret value, as the engine prints it. */
export const SECRET = "[secret]";

/** One registration of the program, as the engine would receive it. */
export interface ResourceNode {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent; undefined for the stack. */
  readonly parent: string | undefined;
  /** False for components. */
  readonly custom: boolean;
  readonly remote: boolean;
  readonly inputs: Bag;
  /** Outputs with a value that is known before deployment; computed ones are UNKNOWN. */
  readonly outputs: Bag;
  /** URNs, sorted. */
  readonly dependencies: readonly string[];
  /** Property to URNs, sorted; properties without dependencies are left out. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly options: ResourceOptions;
  /** Where the program declares it, or undefined for the stack and for children of remote components. */
  readonly source: { readonly file: string; readonly line: number } | undefined;
}

/** Options that differ from the engine's defaults; the rest is left out. */
export interface ResourceOptions {
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly replaceWith?: readonly string[];
  readonly deletedWith?: string;
  readonly additionalSecretOutputs?: readonly string[];
  readonly aliases?: readonly string[];
  readonly customTimeouts?: {
    readonly create?: string;
    readonly update?: string;
    readonly delete?: string;
  };
  readonly provider?: string;
  readonly version?: string;
}

/** The whole program under one stack's configuration. */
export interface ResourceGraph {
  readonly project: string;
  readonly stack: string;
  /** Sorted by URN; the stack itself is the one without a parent. */
  readonly resources: readonly ResourceNode[];
  /** The stack's outputs. */
  readonly outputs: Bag;
}
