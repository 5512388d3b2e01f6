import type { Bag } from "../../../preview/graph";
import type { AccountFolder } from "../account-folder";
import type { AwsError } from "../cloud";
import type { StoredResource } from "../stored-resource";

/** A property that names another resource, which must exist. */
export interface Reference {
  /** Property path; `[*]` stands for every item. */
  readonly path: string;
  /** Types of which one must have the value. */
  readonly to: readonly string[];
  /** Output that holds the value, or `id`. */
  readonly by: string;
  /**
   * What AWS says where there is none; undefined where AWS does not look, so that the reference
   * matters for deletions alone.
   */
  readonly missing?: (value: string) => AwsError;
  /**
   * True for what a program may take from its settings: it counts as there unless it is known to have
   * been deleted.
   *
   * @default false
   */
  readonly mayPredate?: boolean;
}

/** A set of properties of which AWS takes each combination of values once. */
interface Uniqueness {
  readonly properties: readonly string[];
  readonly taken: (resource: StoredResource) => AwsError;
}

/** A reason for AWS not to delete a resource. */
interface Obstacle {
  /** Types that stand in the way while one of them refers to the resource. */
  readonly by?: readonly string[];
  /** A condition beyond references; without it, any resource of `by` that refers to it is enough. */
  readonly when?: (resource: StoredResource, account: RuleContext) => boolean;
  /** Where it holds, the obstacle does not count, such as `forceDelete`. */
  readonly unless?: (inputs: Bag) => boolean;
  readonly refusal: (resource: StoredResource) => AwsError;
  /**
   * True where the provider asks again until its timeout, because the obstacle may be on its way out.
   *
   * @default false
   */
  readonly waits?: boolean;
}

/** What AWS holds a type to. */
export interface TypeRules {
  readonly references?: readonly Reference[];
  readonly unique?: readonly Uniqueness[];
  readonly obstacles?: readonly Obstacle[];
  /** Types whose resources go with the one that they refer to. */
  readonly takesAlong?: readonly string[];
}

export type RuleTable = Readonly<Record<string, TypeRules>>;

/** The account that a rule looks at. */
export interface RuleContext {
  readonly folder: AccountFolder;
}

/** Settings and AWS's own answers in one. */
export const propertiesOf = ({ inputs, computed }: StoredResource): Bag => ({
  ...inputs,
  ...computed,
});

/** An output as text; empty where it is none. */
export function textOf(resource: StoredResource, property: string): string {
  const value =
    property === "id" ? resource.id : (resource.computed[property] ?? resource.inputs[property]);
  return typeof value === "string" ? value : "";
}

/** True where the program has set the switch. */
export const isSet =
  (property: string) =>
  (inputs: Bag): boolean =>
    inputs[property] === true;
