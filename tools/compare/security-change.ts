/** What a change opens or closes to somebody. */
export interface SecurityChange {
  readonly subject: "network" | "permission" | "exposure";
  readonly effect: "added" | "removed" | "widened" | "narrowed" | "changed";
  /** True where somebody can do or reach more than before, or where that cannot be ruled out. */
  readonly broadens: boolean;
  /** URN of the resource that says so. */
  readonly urn: string;
  /** Type and name for a person, and who or what it is about: `SecurityGroup web-load-balancer: ingress`, `Role web-task`. */
  readonly title: string;
  /** The rule or statement before and after, in one line for a person; undefined where there was or is none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Where the program declares it; of what is gone, undefined. */
  readonly source: { readonly file: string; readonly line: number } | undefined;
}
