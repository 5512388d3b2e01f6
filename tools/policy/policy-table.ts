import { LIMITS } from "../../policies/limits";
import type { PolicyMetadata } from "../../policies/policy";

/**
 * The policies as a Markdown table: what has to hold and how severe it is, the level and the limits in
 * dev and prod, the same control elsewhere, and what to do about a violation.
 */
export function renderPolicyTable(policies: readonly PolicyMetadata[]): string {
  const rows = policies.map((policy) => [
    `[\`${policy.name}\`](${policy.url})`,
    policy.description,
    policy.severity,
    pair(policy.levels.dev, policy.levels.prod),
    limitsOf(policy),
    policy.frameworks.length === 0 ? "none" : policy.frameworks.join(", "),
    policy.remediationSteps,
  ]);
  const header = ["Policy", "What holds", "Severity", "Level", "Limits", "Elsewhere", "Remedy"];
  return [header, header.map(() => "---"), ...rows].map(renderRow).join("\n");
}

function renderRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ")).join(" | ")} |`;
}

/** Dev's value and prod's, once where they are the same. */
function pair(dev: string, prod: string): string {
  return dev === prod ? dev : `${dev}, prod ${prod}`;
}

function limitsOf({ name }: PolicyMetadata): string {
  const [dev, prod] = [LIMITS.dev[name], LIMITS.prod[name]] as Readonly<Record<string, unknown>>[];
  const entries = Object.entries(dev ?? {}).map(
    ([key, value]) => `\`${key}\` ${pair(renderLimit(value), renderLimit(prod?.[key]))}`,
  );
  return entries.length === 0 ? "-" : entries.join("; ");
}

function renderLimit(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? "none" : value.map(renderLimit).join(", ");
  }
  if (value !== null && typeof value === "object") {
    const { min, max, ...rest } = value as Readonly<Record<string, unknown>>;
    const others = Object.entries(rest).map(([key, inner]) => `${key} ${renderLimit(inner)}`);
    return [`${String(min)} to ${String(max)}`, ...others].join(", ");
  }
  return typeof value === "string" && /[|*]/.test(value) ? `\`${value}\`` : String(value);
}
