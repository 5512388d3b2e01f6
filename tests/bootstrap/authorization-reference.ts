import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What the Service Authorization Reference says of the actions that the policies name. */
export interface AuthorizationReference {
  /** Where it was taken from. */
  readonly source: string;
  /** By `<service>:<Action>`. */
  readonly actions: Readonly<Record<string, IamAction>>;
  /** ARNs in the account of the tests with `*` for names and ids, by `<service>:<resource type>`. */
  readonly resources: Readonly<
    Record<string, { readonly arn: string; readonly keys: readonly string[] }>
  >;
}

/** Of condition keys only those that a statement uses; tag keys without the tag. */
export interface IamAction {
  readonly level: "List" | "Read" | "Tagging" | "Write" | "Permissions management";
  /** Keys of the action, whatever it is done to. */
  readonly keys: readonly string[];
  /** Resource types that it is checked on, those that no statement names left out; none is an action that knows only `*`. */
  readonly resources: Readonly<
    Record<string, { readonly required: boolean; readonly keys: readonly string[] }>
  >;
}

/** `aws:ResourceTag` for `aws:ResourceTag/Project`. */
export const keyWithoutTag = (key: string): string => key.replace(/^(aws:\w+Tag)\/.*$/, "$1");

/** The reference as record-authorization-reference.ts wrote it. */
export const readReference = (): AuthorizationReference =>
  JSON.parse(
    readFileSync(join(__dirname, "authorization-reference-data.json"), "utf8"),
  ) as AuthorizationReference;
