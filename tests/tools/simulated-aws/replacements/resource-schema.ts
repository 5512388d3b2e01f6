/** A block of a resource, as `terraform providers schema -json` gives it. */
export interface Block {
  readonly attributes?: Readonly<
    Record<
      string,
      {
        readonly type: unknown;
        readonly required?: boolean;
        readonly optional?: boolean;
        readonly computed?: boolean;
        readonly deprecated?: boolean;
      }
    >
  >;
  readonly block_types?: Readonly<
    Record<
      string,
      { readonly nesting_mode: string; readonly max_items?: number; readonly block: Block }
    >
  >;
}

/** The schema of a resource type. */
export interface ResourceSchema {
  readonly version: number;
  readonly block: Block;
}

/** Schemas of resource types by their Terraform names. */
export type Schemas = Readonly<Record<string, ResourceSchema>>;
