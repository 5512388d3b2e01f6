import type { RepositoryPlace } from "./sarif-log";
import { Fingerprints, renderSarifLog, sarifLocation, sarifRule } from "./sarif-log";
import type { PolicyFinding, Verdict } from "./verdict";

/**
 * The verdict in SARIF 2.1.0 for code scanning: each violation at the line that declares the resource,
 * waived ones suppressed, undecided checks and policies that did not run as notifications of the run.
 */
export function renderSarif(verdict: Verdict, { prefix = "" }: RepositoryPlace = {}): string {
  const { rules, findings, stack } = verdict;
  const results = findings.filter(({ outcome }) => outcome !== "undecided");
  const undecided = findings.filter(({ outcome }) => outcome === "undecided");
  const indexOf = new Map(rules.map(({ name }, index) => [name, index]));
  const fingerprints = new Fingerprints("policyAndResource/v1");
  return renderSarifLog({
    tool: "ecs-on-ec2 policies",
    // Runs of several stacks on one commit stand beside each other, by this id.
    id: `policies/${stack}/`,
    rules: rules.map(sarifRule),
    successful: true,
    notifications: [
      ...undecided.map((finding) => ({
        level: "note",
        message: { text: `undecided: ${finding.message}` },
        associatedRule: { id: finding.policy, index: indexOf.get(finding.policy) ?? -1 },
        locations: [sarifLocation(finding, stack, prefix)],
      })),
      ...rules.flatMap(({ name, notRun }, index) =>
        notRun === undefined
          ? []
          : [
              {
                level: "note",
                message: { text: `not run: ${notRun}` },
                associatedRule: { id: name, index },
              },
            ],
      ),
    ],
    results: results.map((finding) => ({
      ruleId: finding.policy,
      ruleIndex: indexOf.get(finding.policy) ?? -1,
      level: levelOf(finding),
      message: { text: `${finding.name}: ${finding.message}` },
      locations: [sarifLocation(finding, stack, prefix)],
      partialFingerprints: fingerprints.next(`${finding.policy}\n${finding.urn}`),
      ...(finding.outcome === "waived" && {
        suppressions: [{ kind: "external", status: "accepted", justification: finding.message }],
      }),
    })),
  });
}

function levelOf({ outcome, level }: PolicyFinding): "error" | "warning" | "note" {
  if (outcome !== "violation") {
    return "note";
  }
  return level === "mandatory" ? "error" : "warning";
}
