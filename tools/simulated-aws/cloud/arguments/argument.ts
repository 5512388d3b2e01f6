import type { Bag, Json } from "../../../preview/graph";

/**
 * What the provider says to a value; undefined where it takes it.
 *
 * @param argument path in the provider's own form, for example `health_check.0.interval`
 */
export type ArgumentCheck = (value: Json, argument: string) => string | undefined;

/** How the provider reads the inputs of a type before it sends anything to AWS. */
export interface Arguments {
  /** Property that gets a name where the program gives none, and the most characters that it holds. */
  readonly autoname?: Autoname;
  readonly required?: readonly string[];
  /** Of each group exactly one is given. */
  readonly exactlyOneOf?: readonly (readonly string[])[];
  /** Values of the provider's schema for properties that the program leaves out. */
  readonly defaults?: Bag;
  /** Property paths (`[*]` for every item) and what is asked of their values. */
  readonly checks?: readonly (readonly [path: string, check: ArgumentCheck])[];
  /** What depends on more than one property; says all that is wrong. */
  readonly whole?: (inputs: Bag, olds: Bag | undefined) => readonly Fault[];
  /** Properties whose order means nothing. */
  readonly sets?: readonly string[];
  /** Paths of values that the account does not write down. */
  readonly secrets?: readonly string[];
  /** Names of the provider's own schema, where they are not the property in snake case. */
  readonly terraformNames?: Readonly<Record<string, string>>;
}

export interface Autoname {
  readonly property: string;
  /**
   * The bridge's limit, including the hyphen and the seven hexadecimal digits.
   * Source: provider/pkg of pulumi/pulumi-aws; 255 where it says nothing else.
   */
  readonly maximumLength: number;
  /** What the name begins with, beyond the limit. @default "" */
  readonly prefix?: string;
  /** True for names without capitals. */
  readonly lowerCase?: boolean;
}

export interface Fault {
  readonly property: string;
  readonly reason: string;
}

export type ArgumentTable = Readonly<Record<string, Arguments>>;

/** An autoname in the property `name`. */
export const named = (maximumLength = 255): { readonly autoname: Autoname } => ({
  autoname: { property: "name", maximumLength },
});
