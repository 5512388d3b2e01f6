import { createHash } from "node:crypto";
import { version } from "../../policies/package.json";
import type { PolicyFinding, Rule, Verdict } from "./verdict";

/**
 * The verdict in SARIF 2.1.0 for code scanning: each violation at the line that declares the resource,
 * waived ones suppressed, undecided checks and policies that did not run as notifications of the run.
 */
export function renderSarif(verdict: Verdict): string {
  const { rules, findings, stack } = verdict;
  const results = findings.filter(({ outcome }) => outcome !== "undecided");
  const undecided = findings.filter(({ outcome }) => outcome === "undecided");
  const indexOf = new Map(rules.map(({ name }, index) => [name, index]));
  const seen = new Map<string, number>();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "ecs-on-ec2 policies", version, rules: rules.map(ruleOf) } },
        // Runs of several stacks on one commit stand beside each other, by this id.
        automationDetails: { id: `policies/${stack}/` },
        originalUriBaseIds: { SRCROOT: { description: { text: "folder of the project" } } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [
              ...undecided.map((finding) => ({
                level: "note",
                message: { text: `undecided: ${finding.message}` },
                associatedRule: { id: finding.policy, index: indexOf.get(finding.policy) ?? -1 },
                locations: [locationOf(finding, stack)],
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
          },
        ],
        results: results.map((finding) => {
          const key = `${finding.policy}\n${finding.urn}`;
          const ordinal = seen.get(key) ?? 0;
          seen.set(key, ordinal + 1);
          return {
            ruleId: finding.policy,
            ruleIndex: indexOf.get(finding.policy) ?? -1,
            level: levelOf(finding),
            message: { text: `${finding.name}: ${finding.message}` },
            locations: [locationOf(finding, stack)],
            partialFingerprints: {
              "policyAndResource/v1": createHash("sha256")
                .update(`${key}\n${String(ordinal)}`)
                .digest("hex"),
            },
            ...(finding.outcome === "waived" && {
              suppressions: [
                { kind: "external", status: "accepted", justification: finding.message },
              ],
            }),
          };
        }),
        columnKind: "utf16CodeUnits",
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** Scores by which code scanning shows low, medium, high and critical. */
const SCORES = new Map([
  ["low", "3.0"],
  ["medium", "5.0"],
  ["high", "8.0"],
  ["critical", "9.5"],
]);

function ruleOf(rule: Rule): object {
  const { name, description, severity, level, frameworks, remediationSteps, url } = rule;
  return {
    id: name,
    shortDescription: { text: description },
    fullDescription: { text: description },
    help: {
      text: `${remediationSteps}\n${url}`,
      markdown: `${remediationSteps}\n\n[Why](${url})`,
    },
    helpUri: url,
    defaultConfiguration: {
      enabled: level !== "disabled",
      level: level === "advisory" ? "warning" : "error",
    },
    properties: {
      tags: ["policy", ...frameworks],
      "security-severity": SCORES.get(severity) ?? "0.0",
    },
  };
}

function levelOf({ outcome, level }: PolicyFinding): "error" | "warning" | "note" {
  if (outcome !== "violation") {
    return "note";
  }
  return level === "mandatory" ? "error" : "warning";
}

/** Code scanning shows no result without a file: the stack's own is where most remedies are. */
function locationOf({ source, urn, type }: PolicyFinding, stack: string): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: source?.file ?? `Pulumi.${stack}.yaml`, uriBaseId: "SRCROOT" },
      region: { startLine: source?.line ?? 1 },
    },
    logicalLocations: [{ fullyQualifiedName: urn, kind: type }],
  };
}
