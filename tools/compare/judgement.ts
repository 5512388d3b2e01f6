import type { Level } from "../../policies/policy";
import type { Bag } from "../preview/graph";

/** What the policy pack of a side judges a stack by, whatever the stack is. */
export interface Judgement {
  /** The limits of the environment, by the policy's name. */
  readonly limits: Readonly<Record<string, Bag>>;
  /** By the policy's name. */
  readonly levels: Readonly<Record<string, Level>>;
  /** Those of the environment that hold on the day of the comparison. */
  readonly waivers: readonly WaiverInForce[];
}

/** A violation that somebody answers for. */
export interface WaiverInForce {
  readonly policy: string;
  /** What it is for: `name web-*`, or `urn` and a glob of whole URNs. */
  readonly target: string;
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it holds, as `YYYY-MM-DD`. */
  readonly expires: string;
  /** Where it stands. */
  readonly source: { readonly file: string; readonly line: number };
}
