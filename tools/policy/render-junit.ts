import type { PolicyFinding, Rule, Verdict } from "./verdict";

/**
 * The verdict as JUnit's XML: a test case a policy. Mandatory violations fail it; it is skipped where
 * the policy is disabled, did not run or has decided nothing; everything else stands in its output.
 */
export function renderJunit({ stack, rules, findings }: Verdict): string {
  const cases = rules.map((rule) =>
    caseOf(
      rule,
      findings.filter(({ policy }) => policy === rule.name),
      stack,
    ),
  );
  const count = (what: TestCase["verdict"]): string =>
    String(cases.filter(({ verdict }) => verdict === what).length);
  const totals = `tests="${String(cases.length)}" failures="${count("failed")}" errors="0" skipped="${count("skipped")}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite name="policies ${attribute(stack)}" ${totals}>`,
    ...cases.flatMap(({ lines }) => lines),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

interface TestCase {
  readonly verdict: "passed" | "failed" | "skipped";
  readonly lines: readonly string[];
}

function caseOf(rule: Rule, findings: readonly PolicyFinding[], stack: string): TestCase {
  const open = `    <testcase name="${attribute(rule.name)}" classname="policies.${attribute(stack)}"`;
  const failures = findings.filter(
    ({ outcome, level }) => outcome === "violation" && level === "mandatory",
  );
  const undecided = findings.filter(({ outcome }) => outcome === "undecided");
  const others = findings.filter(
    (finding) => !failures.includes(finding) && !undecided.includes(finding),
  );
  const idle = rule.level === "disabled" ? "disabled" : rule.notRun && `not run: ${rule.notRun}`;
  const isSkipped = failures.length === 0 && (undecided.length > 0 || idle !== undefined);
  const why = idle ?? undecided.map(lineOf).join("; ");
  const children = [
    ...failures.map(
      (finding) =>
        `      <failure message="${attribute(finding.message)}" type="mandatory">${text(`${lineOf(finding)}\n${rule.description}\n${rule.remediationSteps}\n${rule.url}`)}</failure>`,
    ),
    ...(isSkipped ? [`      <skipped message="${attribute(why)}"/>`] : []),
    ...(others.length > 0
      ? [`      <system-out>${text(others.map(lineOf).join("\n"))}</system-out>`]
      : []),
  ];
  return {
    verdict: failures.length > 0 ? "failed" : isSkipped ? "skipped" : "passed",
    lines: children.length === 0 ? [`${open}/>`] : [`${open}>`, ...children, "    </testcase>"],
  };
}

function lineOf({ outcome, level, urn, message, source }: PolicyFinding): string {
  const what = outcome === "violation" ? level : outcome;
  const place = source === undefined ? "" : ` (${source.file}:${String(source.line)})`;
  return `${what}: ${urn}${place}: ${message}`;
}

/** XML has no form for most control characters. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function text(value: string): string {
  return value
    .replace(FORBIDDEN, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function attribute(value: string): string {
  return text(value).replaceAll('"', "&quot;").replaceAll("\n", "&#10;");
}
