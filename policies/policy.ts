import type { PolicyLimits, PolicyName } from "./policy-limits";

/** What a violation does: nothing, a warning, a refusal, or a repair where that is safe. */
export type Level = "disabled" | "advisory" | "mandatory" | "remediate";

/** What people and reports are told about a policy; the only place where it stands. */
export interface PolicyMetadata<N extends PolicyName = PolicyName> {
  /** Kebab-case, the name of the file, the key of its limits. */
  readonly name: N;
  /** A sentence that is true where the policy holds. */
  readonly description: string;
  readonly severity: "low" | "medium" | "high" | "critical";
  /** Level in each environment; an unknown one gets prod's. */
  readonly levels: { readonly dev: Level; readonly prod: Level };
  /** Ids of the same control elsewhere, for example `Security Hub ECS.12`; empty where nobody has it. */
  readonly frameworks: readonly string[];
  /** What to do about a violation, in steps. */
  readonly remediationSteps: string;
  /** Where the reason can be read up. */
  readonly url: string;
}

/** What a check is given besides what it judges. */
export interface Judge<N extends PolicyName = PolicyName> {
  /** The limits of the environment, configuration included. */
  readonly limits: PolicyLimits[N];
  /** `dev`, `prod`, or whatever the stack is called. */
  readonly environment: string;
  /**
   * Reports a violation.
   * @param urn the resource at fault where it is not the one that is judged
   */
  readonly violate: (finding: Finding, urn?: string) => void;
}

/** What is wrong and how to get it right; becomes one message. */
export interface Finding {
  /** Property and value that were found, for example `maxSize is 500`. */
  readonly got: string;
  /** What is allowed, for example `at most 20`. */
  readonly allowed: string;
  /** What to do, for example `lower maxInstances in Pulumi.prod.yaml`. */
  readonly fix: string;
}

/** Options of a resource that policies see. */
interface JudgedOptions {
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
}

/**
 * One resource as a resource policy sees it: its inputs. Reading an unknown value throws inside the
 * SDK, which reports the check as undecided; so a check reads one fact, and known facts come first.
 */
export interface JudgedResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly options: JudgedOptions;
}

/** One resource as a stack policy sees it: its outputs, and its way to others. */
export interface StackResource extends JudgedResource {
  readonly parent: StackResource | undefined;
  readonly dependencies: readonly StackResource[];
  readonly propertyDependencies: Readonly<Record<string, readonly StackResource[]>>;
}

/** A check of single resources of one type; each runs for itself, so that one unknown value hides no other fact. */
export interface ResourceCheck<N extends PolicyName = PolicyName> {
  /** Full type token, for example `aws:autoscaling/group:Group`, or one of this project's components. */
  readonly type: string;
  check(this: void, resource: JudgedResource, judge: Judge<N>): void;
}

/**
 * Repairs one resource of a type in place. Never reads what it does not set: an unknown value stays as it is.
 * Returns true where it changed something.
 */
export interface Remediation<N extends PolicyName = PolicyName> {
  /** Full type token, or several where AWS's provider has one resource under two names. */
  readonly type: string | readonly string[];
  repair(this: void, props: Record<string, unknown>, limits: PolicyLimits[N]): boolean;
}

/** A policy on each resource by itself. */
export interface ResourcePolicy<N extends PolicyName = PolicyName> extends PolicyMetadata<N> {
  readonly kind: "resource";
  readonly checks: readonly ResourceCheck<N>[];
  readonly remediation?: Remediation<N>;
}

/** A policy on how resources go together. */
export interface StackPolicy<N extends PolicyName = PolicyName> extends PolicyMetadata<N> {
  readonly kind: "stack";
  /** Types that the policy reads or looks for, or all of them; a run may leave all others out. */
  readonly reads: readonly string[] | "all";
  check(this: void, stack: StackUnderJudgement, judge: Judge<N>): void;
}

/** The resources of a stack, by the way that the program wired them: never by names or ARNs. */
export interface StackUnderJudgement {
  readonly resources: readonly StackResource[];
  /** Resources of one type. */
  ofType(type: string): readonly StackResource[];
  /** Resources of `type` that `property` of the resource refers to. */
  referred(resource: StackResource, property: string, type: string): readonly StackResource[];
  /** Resources of `type` whose `property` refers to the resource. */
  referring(resource: StackResource, property: string, type: string): readonly StackResource[];
  /**
   * Runs a check for each resource. One that meets an unknown value does not hide the others: the run
   * goes on, and the policy is reported as undecided at the end.
   */
  each(resources: readonly StackResource[], check: (resource: StackResource) => void): void;
}

export type Policy = ResourcePolicy | StackPolicy;

/** Declares a resource policy; the name ties it to its limits. */
export function resourcePolicy<N extends PolicyName>(
  policy: Omit<ResourcePolicy<N>, "kind">,
): ResourcePolicy<N> {
  return { ...policy, kind: "resource" };
}

/** Declares a stack policy; the name ties it to its limits. */
export function stackPolicy<N extends PolicyName>(
  policy: Omit<StackPolicy<N>, "kind">,
): StackPolicy<N> {
  return { ...policy, kind: "stack" };
}
