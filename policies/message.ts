import type { Finding } from "./policy";
import type { Waiver } from "./waivers";

/**
 * One violation as a person reads it: what was found, what is allowed, where that is written, what to
 * do. Never holds a value that could be a secret: checks name properties and numbers, not texts.
 */
export function renderFinding(finding: Finding, policy: string, environment: string): string {
  return (
    `${finding.got}, allowed is ${finding.allowed} ` +
    `(${environment === "" ? "unknown environment" : environment}, policies/limits.ts "${policy}"); ${finding.fix}`
  );
}

/** A violation that somebody answers for, with who that is. */
export function renderWaived({ expires, owner, reason }: Waiver, violation: string): string {
  return `waived until ${expires} by ${owner} (${reason}): ${violation}`;
}
