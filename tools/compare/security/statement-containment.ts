import { areImplied } from "./conditions";
import type { Statement } from "./statements";
import { containsTexts, type PatternSet } from "./wildcards";

/** True where all that the inner statement speaks of is in the outer one; false where that cannot be told. */
export function containsStatement(outer: Statement, inner: Statement): boolean {
  return (
    outer.effect === inner.effect &&
    containsTexts(inLowerCase(outer.actions), inLowerCase(inner.actions)) &&
    containsTexts(outer.resources, inner.resources) &&
    containsTexts(outer.principals, inner.principals) &&
    areImplied(outer.conditions, inner.conditions)
  );
}

/** True where the others together speak of all that the statement does, each action on each resource for itself. */
export function isCoveredByStatements(inner: Statement, others: readonly Statement[]): boolean {
  if (others.some((outer) => containsStatement(outer, inner))) {
    return true;
  }
  const parts = partsOf(inner.actions).flatMap((actions) =>
    partsOf(inner.resources).flatMap((resources) =>
      partsOf(inner.principals).map((principals) => ({ ...inner, actions, resources, principals })),
    ),
  );
  return (
    parts.length > 1 &&
    parts.length <= MOST_PARTS &&
    parts.every((part) => others.some((outer) => containsStatement(outer, part)))
  );
}

/** A statement of IAM's largest document names fewer; past it nothing is claimed. */
const MOST_PARTS = 5_000;

function partsOf(set: PatternSet): readonly PatternSet[] {
  return set.negated || set.patterns.length < 2
    ? [set]
    : set.patterns.map((pattern) => ({ negated: false, patterns: [pattern] }));
}

const inLowerCase = ({ negated, patterns }: PatternSet): PatternSet => ({
  negated,
  patterns: patterns.map((pattern) => pattern.toLowerCase()),
});
