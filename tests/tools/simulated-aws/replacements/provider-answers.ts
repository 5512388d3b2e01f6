import type { Bag } from "../../../../tools/preview/graph";

/** What the Terraform AWS provider said to the questions of configurations.yaml, in Pulumi's names. */
export interface ProviderAnswers {
  /** Name and version of the provider, and the version of Terraform that asked it. */
  readonly provider: string;
  readonly terraform: string;
  /** Day of the recording, as `2026-01-31`. */
  readonly recorded: string;
  readonly types: Readonly<Record<string, TypeAnswers>>;
}

/** What it said of one Pulumi type. */
export interface TypeAnswers {
  /** Property paths without indices; true where a change makes a new resource. */
  readonly replaces: Readonly<Record<string, boolean>>;
  /** Changes whose answer depends on the values. */
  readonly changes: readonly {
    readonly olds: Bag;
    readonly news: Bag;
    /** The properties that make a new resource. */
    readonly replaces: readonly string[];
  }[];
  /** Properties without which every configuration is refused. */
  readonly required: readonly string[];
}
