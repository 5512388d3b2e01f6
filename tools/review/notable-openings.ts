import type { SecurityChange } from "../compare/security-change";
import type { ComparedStack } from "./stack-review";

/**
 * What somebody can reach or do more than before. A stack that is new opens everything that it has: of
 * it only what the Internet reaches, and permissions with a wildcard for an action, a resource or whom
 * they are given to.
 */
export function notableOpenings({
  comparison,
  security,
}: ComparedStack): readonly SecurityChange[] {
  const opening = security.filter(({ broadens }) => broadens);
  return comparison.before === undefined ? opening.filter(isNotable) : opening;
}

function isNotable({ subject, title, after = "" }: SecurityChange): boolean {
  return (
    (subject === "exposure" && title.startsWith("Internet to ")) ||
    (subject === "permission" && WILDCARD.test(after))
  );
}

/** In a statement in words: `Allow kms:*`, `… on *`, `… to AWS:*`, `all but …`. */
const WILDCARD =
  /^Allow (?:[\w*?:-]+, )*(?:[\w-]+:)?\*(?=,| |$)| (?:on|to) (?:\w+:)?\*(?=,| |$)|\ball but /;
