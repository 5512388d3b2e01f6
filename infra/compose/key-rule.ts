/** What a key of the Compose Specification means for a deployment. */
export type KeyRule =
  /** It reaches ECS. `keys` are the keys of its mapping form, `*` stands for any name or index. */
  | {
      readonly kind: "deployed";
      /** Field of RegisterTaskDefinition, or where else the value goes. */
      readonly field: string;
      /** Values that ECS and this project take. */
      readonly bounds: string;
      readonly keys?: KeyRules;
    }
  /** It speaks of the developer's machine alone: allowed, and no part of the deployment. */
  | { readonly kind: "local"; readonly reason: string }
  /** A deployment could not keep what it says. */
  | { readonly kind: "refused"; readonly remedy: string };

export type KeyRules = Readonly<Record<string, KeyRule>>;

export function deployed(field: string, bounds: string, keys?: KeyRules): KeyRule {
  return { kind: "deployed", field, bounds, ...(keys === undefined ? {} : { keys }) };
}

export function local(reason: string): KeyRule {
  return { kind: "local", reason };
}

export function refused(remedy: string): KeyRule {
  return { kind: "refused", remedy };
}
