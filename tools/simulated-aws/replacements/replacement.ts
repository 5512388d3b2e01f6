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
  /** File of the provider that says so. */
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
  | {
      readonly kind: "losesItems" | "startsOrEnds";
      readonly property: string;
      /** Values that other properties had. */
      readonly where: Readonly<Record<string, Json>>;
    };

export type Replacements = Readonly<Record<string, Replacement>>;

/** Every resource with a region of its own moves to another region by a new one. */
export const REGION = "region";

/** `internal/service/FILE` of hashicorp/terraform-provider-aws. */
export const terraform = (file: string): string =>
  `hashicorp/terraform-provider-aws internal/service/${file}`;
