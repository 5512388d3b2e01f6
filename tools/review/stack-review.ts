import type { Comparison } from "../compare/comparison";
import type { SecurityChange } from "../compare/security-change";

/** What is said of one stack where its change is reviewed. */
export type StackReview = ComparedStack | FailedStack;

export interface ComparedStack {
  readonly stack: string;
  readonly comparison: Comparison;
  readonly security: readonly SecurityChange[];
}

/** A stack that could not be compared, or whose file the change removes. */
export interface FailedStack {
  readonly stack: string;
  /** What went wrong, for a person; several lines. */
  readonly failure: string;
  /** True where the change removes the stack: there is nothing to compare it with, which is no error. */
  readonly isRemoved?: true;
}
