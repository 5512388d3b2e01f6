import { heading, type Screen } from "../preview/screen";
import { displayType } from "../preview/tree";
import { countsOf, type PolicyFinding, type Rule, type Verdict } from "./verdict";

/** The whole verdict for a person, undecided checks and policies that did not run one by one. */
export function renderText(verdict: Verdict, screen: Screen): string {
  const undecided = verdict.findings
    .filter(({ outcome }) => outcome === "undecided")
    .map((finding) => `    ${subject(finding)}: ${finding.message}`);
  const title = heading("Undecided:", screen);
  const list = undecided.length === 0 ? [] : ["", title, ...undecided];
  const idle = verdict.rules.flatMap(({ name, notRun }) =>
    notRun === undefined ? [] : [`    ${name}: ${notRun}`],
  );
  const others = idle.length === 0 ? [] : ["", heading("Not run:", screen), ...idle];
  return [...sections(verdict, screen), ...list, ...others, ""].join("\n");
}

/**
 * The part of a preview: every violation in full, undecided checks by their number.
 *
 * @param script that lists the undecided ones
 */
export function renderViolations(verdict: Verdict, screen: Screen, script: string): string {
  const { undecided } = countsOf(verdict);
  const rest =
    undecided === 0
      ? []
      : [
          "",
          screen.colors.dim(
            `    ${counted(undecided, "check")} undecided before deployment; 'npm run ${script} -- ${verdict.stack}' lists them`,
          ),
        ];
  return [...sections(verdict, screen), ...rest].join("\n");
}

function sections(verdict: Verdict, screen: Screen): string[] {
  const rules = new Map(verdict.rules.map((rule) => [rule.name, rule]));
  const blocks = verdict.findings
    .filter(({ outcome }) => outcome !== "undecided")
    .flatMap((finding) => ["", ...blockOf(finding, rules.get(finding.policy), screen)]);
  const active = verdict.rules.filter(
    ({ level, notRun }) => level !== "disabled" && notRun === undefined,
  ).length;
  const ran = `${counted(active, "policy", "policies")} on ${counted(verdict.resources, "resource")}`;
  return [`${heading("Policies:", screen)} ${ran}: ${renderCounts(verdict, screen)}`, ...blocks];
}

function renderCounts(verdict: Verdict, { colors }: Screen): string {
  const { mandatory, advisory, waived, repairs, undecided } = countsOf(verdict);
  const some = [
    mandatory > 0 ? colors.red(counted(mandatory, "mandatory violation")) : "",
    advisory > 0 ? colors.yellow(counted(advisory, "advisory violation")) : "",
    waived > 0 ? counted(waived, "waived violation") : "",
    repairs > 0 ? counted(repairs, "repair") : "",
  ].filter((text) => text !== "");
  const none = some.length === 0 ? [colors.green("no violation")] : some;
  return [...none, ...(undecided > 0 ? [`${String(undecided)} undecided`] : [])].join(", ");
}

function blockOf(finding: PolicyFinding, rule: Rule | undefined, screen: Screen): string[] {
  const { colors } = screen;
  const { outcome, level, message, urn } = finding;
  const what = outcome === "violation" ? level : outcome;
  const paint =
    outcome !== "violation" ? colors.dim : level === "mandatory" ? colors.red : colors.yellow;
  return [
    `    ${colors.bold(paint(what))} ${subject(finding)}`,
    `        ${message}`,
    `        ${colors.dim(urn)}`,
    ...(rule === undefined || outcome !== "violation"
      ? []
      : [
          `        holds: ${rule.description}`,
          `        remedy: ${rule.remediationSteps}`,
          `        ${colors.dim(rule.url)}`,
        ]),
  ];
}

/** Policy, resource and place of a finding in one line. */
function subject({ policy, type, name, source }: PolicyFinding): string {
  const place = source === undefined ? "" : ` (${source.file}:${String(source.line)})`;
  return `${policy}  ${displayType(type)} ${name}${place}`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
