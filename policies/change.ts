import { type Fact, FACTS, type Figure } from "./change-facts";
import { renderFinding } from "./message";
import type { Finding, PolicyMetadata } from "./policy";
import type { PolicyLimits } from "./policy-limits";

type Name = "scaling-change-within-limits";
type Limits = PolicyLimits[Name];

/** A policy on the step from one state of a stack to the next. A pack of the SDK sees only the new one. */
export type ChangePolicy = PolicyMetadata<Name>;

/** One resource of one of the two states: its inputs, unknown values and secrets as UNKNOWN. */
export interface ChangedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What a change does that it must not, or what of it could not be decided. */
export interface ChangeFinding {
  readonly outcome: "violation" | "undecided";
  /** URN of the resource after the change. */
  readonly urn: string;
  readonly message: string;
}

export const scalingChangeWithinLimits: ChangePolicy = {
  name: "scaling-change-within-limits",
  description:
    "One change raises the maxima of the scaling, and lowers its minima, by no more than the environment's share.",
  severity: "high",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Take several changes, each deployed and watched before the next: move minTasks, maxTasks, minInstances, maxInstances, maxScalingStep or instanceTypes in Pulumi.<stack>.yaml part of the way. Where one change has to do it, waive it for the resource in policies/waivers.yaml.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html",
};

/**
 * Judges what a change does to the scaling of resources that are there before and after it. A resource
 * is the same by its URN; the only one of a type that goes and the only one that comes are one renamed.
 * What is new has nothing to be compared with, and what goes scales nothing any more.
 *
 * @param environment name of the stack, for the messages
 */
export function judgeChange(
  before: readonly ChangedResource[],
  after: readonly ChangedResource[],
  limits: Limits,
  environment: string,
): readonly ChangeFinding[] {
  return Object.entries(FACTS).flatMap(([type, facts]) => {
    const ofType = (resource: ChangedResource): boolean => resource.type === type;
    return pairsOf(before.filter(ofType), after.filter(ofType)).flatMap(({ was, is, gone }) => {
      if (was !== undefined) {
        return facts.flatMap((fact) => judgeFact(fact, was, is, limits, environment));
      }
      return gone.length === 0 ? [] : [undecidedOf(is, gone)];
    });
  });
}

/** A resource of the new state with what it was, and what of its type went. */
interface Pair {
  readonly was: ChangedResource | undefined;
  readonly is: ChangedResource;
  readonly gone: readonly ChangedResource[];
}

function pairsOf(
  before: readonly ChangedResource[],
  after: readonly ChangedResource[],
): readonly Pair[] {
  const earlier = new Map(before.map((resource) => [resource.urn, resource]));
  const kept = new Set(after.map(({ urn }) => urn));
  const gone = before.filter(({ urn }) => !kept.has(urn));
  const come = after.filter(({ urn }) => !earlier.has(urn));
  const renamed = gone.length === 1 && come.length === 1 ? gone[0] : undefined;
  return after.map((is) => ({ was: earlier.get(is.urn) ?? renamed, is, gone }));
}

function undecidedOf(
  { urn, name }: ChangedResource,
  gone: readonly ChangedResource[],
): ChangeFinding {
  const others = gone.map((other) => `'${other.name}'`).join(", ");
  const message = `'${name}' is new while ${others} of its type went; which of them it replaces is not told`;
  return { outcome: "undecided", urn, message };
}

function judgeFact(
  fact: Fact,
  before: ChangedResource,
  after: ChangedResource,
  limits: Limits,
  environment: string,
): readonly ChangeFinding[] {
  const was = fact.read(before.inputs);
  const is = fact.read(after.inputs);
  if (was === undefined && is === undefined) {
    return [];
  }
  const missing = missingOf(was, "before") ?? missingOf(is, "after");
  if (missing !== undefined || was?.value === undefined || is?.value === undefined) {
    const message = `${fact.label} ${missing ?? "is missing"} the change`;
    return [{ outcome: "undecided", urn: after.urn, message }];
  }
  const finding = exceeded(fact, [was.value, is.value], [was.shown, is.shown], limits);
  return finding === undefined
    ? []
    : [
        {
          outcome: "violation",
          urn: after.urn,
          message: renderFinding(finding, scalingChangeWithinLimits.name, environment),
        },
      ];
}

function missingOf(figure: Figure | undefined, when: string): string | undefined {
  return figure === undefined
    ? `is not set ${when}`
    : figure.missing && `${figure.missing} ${when}`;
}

/** Shares of nothing are shares of one, so that a scaling that was off can be switched on by steps too. */
function exceeded(
  { label, unit, isMaximum, fix }: Fact,
  [was, is]: readonly [number, number],
  [wasShown, isShown]: readonly (string | undefined)[],
  { maxRaisePercent, maxLowerMinPercent }: Limits,
): Finding | undefined {
  const whole = Math.max(1, was);
  const moved = isMaximum ? is - was : was - is;
  const percent = isMaximum ? maxRaisePercent : maxLowerMinPercent;
  if (moved * 100 <= percent * whole) {
    return undefined;
  }
  const most = Math.floor((percent * whole) / 100);
  const sign = isMaximum ? "+" : "-";
  return {
    got: `${label} goes from ${wasShown ?? String(was)} to ${isShown ?? String(is)} (${sign}${String(Math.ceil((moved * 100) / whole))} %)`,
    allowed: isMaximum
      ? `at most ${String(was + most)}${unit} in one change (+${String(percent)} %)`
      : `at least ${String(was - most)}${unit} in one change (-${String(percent)} %)`,
    fix,
  };
}
