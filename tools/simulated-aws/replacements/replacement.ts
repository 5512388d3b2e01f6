import type { Json } from "../../preview/graph";

/** What of a type cannot be changed in place. */
export interface Replacement {
  /** Properties, or paths into them without indices: `autoScalingGroupProvider.autoScalingGroupArn`. */
  readonly properties: readonly string[];
  /** Properties that make a new resource under a condition. */
  readonly conditional?: readonly {
    readonly property: string;
    /** Why, for a reader. */
    readonly reason: string;
    /** One of them is enough. */
    readonly when: readonly Condition[];
  }[];
  /**
   * True where old and new cannot exist side by side whatever their names are.
   * Source: DeleteBeforeReplace in provider/resources.go and provider/pkg of pulumi/pulumi-aws.
   *
   * @default false; a name that the program gives still has that effect
   */
  readonly deleteBeforeReplace?: boolean;
  /**
   * File of the provider that says so. What version 5.100 of the provider knows of the type was
   * compared with its own plans (tests/tools/simulated-aws/replacements), and what differs since
   * version 6, which pulumi-aws 7 is built on, with the file.
   */
  readonly source: string;
}

/** When a property that can often be changed in place cannot. */
export type Condition =
  | { readonly kind: "was"; readonly property: string; readonly value: Json }
  | {
      readonly kind: "becomes";
      readonly property: string;
      readonly from: Json;
      readonly to: Json;
    }
  | { readonly kind: "decreases"; readonly property: string }
  | {
      readonly kind: ListChange;
      readonly property: string;
      /** Values that other properties had. */
      readonly where: Readonly<Record<string, Json>>;
    };

/**
 * How a list changes, read without its order: it has fewer items (`shrinks`); not more, though others
 * (`doesNotGrow`); another number, and not only by adding or by taking away (`swapsItems`); its first
 * or none any more (`startsOrEnds`). A list with unknown values does none of that.
 */
export type ListChange = "shrinks" | "doesNotGrow" | "swapsItems" | "startsOrEnds";

export type Replacements = Readonly<Record<string, Replacement>>;

/** Every resource with a region of its own moves to another region by a new one. */
export const REGION = "region";

/** `internal/service/FILE` of hashicorp/terraform-provider-aws. */
export const terraform = (file: string): string =>
  `hashicorp/terraform-provider-aws internal/service/${file}`;
