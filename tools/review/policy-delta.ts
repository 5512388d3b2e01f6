import type { Comparison } from "../compare/comparison";
import type { PolicyFinding } from "../policy/verdict";

/** The violations of a stack by whether the change brings them. */
export interface PolicyDelta {
  /** Only after the change. */
  readonly added: readonly PolicyFinding[];
  /** Only before the change. */
  readonly resolved: readonly PolicyFinding[];
  /** Before and after, as the side after says them. */
  readonly remaining: readonly PolicyFinding[];
}

/**
 * Compares the violations of both sides by policy, level and resource, also under another name and in
 * another stack; what is waived is no violation. Of several of one policy at one resource the first count as the
 * earlier ones.
 */
export function policyDelta({ before, after, changes, kept }: Comparison): PolicyDelta {
  const names = new Map([...changes, ...kept].map(({ urn, previousUrn }) => [previousUrn, urn]));
  const then = keyed(before?.policies.findings ?? [], (urn) => names.get(urn) ?? urn);
  const now = keyed(after.policies.findings, (urn) => urn);
  const violations = (which: ReadonlyMap<string, PolicyFinding>, isWanted: Wanted) =>
    [...which].filter(([key]) => isWanted(key)).map(([, finding]) => finding);
  return {
    added: violations(now, (key) => !then.has(key)),
    resolved: violations(then, (key) => !now.has(key)),
    remaining: violations(now, (key) => then.has(key)),
  };
}

/** The violations that the change brings, each with what to do; of several of a policy in a row the last one says it. */
export function remediedOf(
  { after }: Comparison,
  { added }: PolicyDelta,
): readonly { readonly finding: PolicyFinding; readonly remedy: string | undefined }[] {
  const remedies = new Map(after.policies.rules.map((rule) => [rule.name, rule.remediationSteps]));
  return added.map((finding, index) => {
    const isLast = added[index + 1]?.policy !== finding.policy;
    return { finding, remedy: isLast ? remedies.get(finding.policy) : undefined };
  });
}

/** `1 new, 2 resolved`; empty where there is no violation on either side. */
export function deltaText({ added, resolved, remaining }: PolicyDelta): string {
  return [
    { count: added.length, what: "new" },
    { count: resolved.length, what: "resolved" },
    { count: remaining.length, what: "as before" },
  ]
    .filter(({ count }) => count > 0)
    .map(({ count, what }) => `${String(count)} ${what}`)
    .join(", ");
}

type Wanted = (key: string) => boolean;

/** The violations by what makes them the same on both sides. */
function keyed(
  findings: readonly PolicyFinding[],
  renamed: (urn: string) => string,
): ReadonlyMap<string, PolicyFinding> {
  const found = new Map<string, PolicyFinding>();
  for (const finding of findings.filter(({ outcome }) => outcome === "violation")) {
    const { policy, level, urn } = finding;
    // Two stacks have the same resources under their own names: what counts is the place within the stack.
    const place = renamed(urn).replace(/^urn:pulumi:.*?::.*?::/, "");
    let count = 0;
    while (found.has([policy, level, place, count].join("\n"))) count += 1;
    found.set([policy, level, place, count].join("\n"), finding);
  }
  return found;
}
