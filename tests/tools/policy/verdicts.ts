import type { PolicyFinding, Rule, Verdict } from "../../../tools/policy/verdict";

/** A rule with nothing special about it. */
export function aRule(overrides: Partial<Rule> = {}): Rule {
  return {
    name: "group-is-small",
    description: "A group has at most three instances.",
    severity: "high",
    level: "mandatory",
    frameworks: ["Security Hub X.1"],
    remediationSteps: "Lower maxInstances.",
    url: "https://docs.aws.amazon.com/small",
    ...overrides,
  };
}

/** A mandatory violation by a resource of the small graph. */
export function aFinding(overrides: Partial<PolicyFinding> = {}): PolicyFinding {
  return {
    policy: "group-is-small",
    outcome: "violation",
    level: "mandatory",
    severity: "high",
    message: "maxSize is 4, allowed is at most 3; lower maxInstances",
    urn: "urn:pulumi:dev::shop::aws:ecs/service:Service::web",
    type: "aws:ecs/service:Service",
    name: "web",
    source: { file: "infra/service.ts", line: 12 },
    ...overrides,
  };
}

/** What a pack of two policies says of the small graph: nothing. */
export function aVerdict(overrides: Partial<Verdict> = {}): Verdict {
  return {
    project: "shop",
    stack: "dev",
    rules: [aRule(), aRule({ name: "group-is-named", level: "advisory", severity: "low" })],
    resources: 9,
    findings: [],
    ...overrides,
  };
}

/** One finding of each outcome. */
export const oneOfEach: readonly PolicyFinding[] = [
  aFinding(),
  aFinding({ policy: "group-is-named", level: "advisory", message: "it has no name" }),
  aFinding({ outcome: "waived", level: "advisory", message: "waived until 2026-01-31 by me" }),
  aFinding({ outcome: "repair", level: "advisory", message: "sets name", source: undefined }),
  aFinding({ outcome: "undecided", level: "advisory", message: "maxSize is unknown" }),
];
