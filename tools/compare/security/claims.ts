import type { SecurityChange } from "../security-change";
import { readable } from "./readable";
import { compareTexts } from "./values";

/** One rule or statement of a subject such as a security group or a role. */
export interface Claim<T> {
  /** Only claims of one kind are compared with each other; `Deny` takes away instead of giving. */
  readonly kind: string;
  /** Claims with the same text say the same; references stand in full in it. */
  readonly text: string;
  /** Names the claim as its author does, so that one that changed in place is found again. */
  readonly hint: string;
  readonly value: T;
  readonly urn: string;
  readonly source: SecurityChange["source"];
}

/** How claims of one sort are weighed. */
export interface Weighing<T> {
  /** True where `outer` alone gives all that `inner` gives; false where that cannot be told. */
  contains(this: void, outer: T, inner: T): boolean;
  /** True where the others together give all of it. */
  isCovered(this: void, inner: T, others: readonly T[]): boolean;
}

export type ClaimChange = Omit<SecurityChange, "subject" | "title">;

/**
 * What two lists of claims about one subject differ in. What both say is left out wherever it stands. Of the
 * rest a claim is paired with the one that it was: by what it says, then by its name. `broadens` asks all
 * claims of the other side together.
 */
export function changedClaims<T>(
  before: readonly Claim<T>[],
  after: readonly Claim<T>[],
  weighing: Weighing<T>,
): readonly ClaimChange[] {
  const [gone, come] = [beyond(before, after), beyond(after, before)];
  const pairs = pairsOf(gone, come, weighing);
  const paired = new Set(pairs.flat());
  const exceeds = (claim: Claim<T>, others: readonly Claim<T>[]) =>
    !weighing.isCovered(
      claim.value,
      others.flatMap((other) => (other.kind === claim.kind ? [other.value] : [])),
    );
  const opens = (from: Claim<T> | undefined, to: Claim<T> | undefined) =>
    [from, to].some((claim) =>
      claim?.kind === DENY
        ? claim === from && exceeds(claim, after)
        : claim !== undefined && claim === to && exceeds(claim, before),
    );
  const change = (effect: SecurityChange["effect"], from?: Claim<T>, to?: Claim<T>) => ({
    effect: to?.kind === UNDECIDED ? "changed" : effect,
    broadens: opens(from, to),
    urn: (to ?? from)?.urn ?? "",
    before: from && readable(from.text),
    after: to && readable(to.text),
    source: to?.source,
  });
  return [
    ...pairs.map(([from, to]) => change(effectOf(from, to, weighing), from, to)),
    ...come.filter((claim) => !paired.has(claim)).map((claim) => change("added", undefined, claim)),
    ...gone.filter((claim) => !paired.has(claim)).map((claim) => change("removed", claim)),
  ];
}

const DENY = "Deny";
/** Kind of a claim that only the deployment tells: nothing contains it. */
export const UNDECIDED = "undecided";

/** Claims that the others do not make, each once. */
function beyond<T>(claims: readonly Claim<T>[], others: readonly Claim<T>[]): readonly Claim<T>[] {
  const known = new Set(others.map(({ text }) => text));
  return claims.filter(({ text }) => {
    const isNew = !known.has(text);
    known.add(text);
    return isNew;
  });
}

function effectOf<T>(
  from: Claim<T>,
  to: Claim<T>,
  { contains }: Weighing<T>,
): SecurityChange["effect"] {
  const [grows, shrinks] = [contains(to.value, from.value), contains(from.value, to.value)];
  if (grows === shrinks) {
    return "changed";
  }
  return grows === (to.kind !== DENY) ? "widened" : "narrowed";
}

/** The likeliest pairs; the order of the claims and the direction of the comparison do not matter. */
function pairsOf<T>(
  gone: readonly Claim<T>[],
  come: readonly Claim<T>[],
  { contains }: Weighing<T>,
): readonly (readonly [Claim<T>, Claim<T>])[] {
  const likeness = (from: Claim<T>, to: Claim<T>): number =>
    (from.hint === to.hint ? 2 : 0) +
    (contains(from.value, to.value) || contains(to.value, from.value) ? 1 : 0);
  const candidates = gone
    .flatMap((from) => come.map((to) => ({ from, to, score: likeness(from, to) })))
    .filter(({ from, to, score }) => score > 0 && from.kind === to.kind)
    .map((candidate) => ({ ...candidate, order: orderOf(candidate.from, candidate.to) }))
    .sort((a, b) => b.score - a.score || compareTexts(a.order, b.order));
  const taken = new Set<Claim<T>>();
  return candidates.flatMap(({ from, to }) => {
    if (taken.has(from) || taken.has(to)) {
      return [];
    }
    taken.add(from).add(to);
    return [[from, to] as const];
  });
}

const orderOf = (one: { readonly text: string }, other: { readonly text: string }): string =>
  [one.text, other.text].sort(compareTexts).join("\n");
