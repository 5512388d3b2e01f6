import type { Comparison } from "../../compare/comparison";
import type { PolicyFinding } from "../../policy/verdict";
import { deltaText, policyDelta, remediedOf } from "../policy-delta";
import { titleOf } from "../review-facts";
import { fold } from "./blocks";
import { clipped, code, escapeText } from "./escape";
import type { Part } from "./fit";

/** Longest message of a policy and longest remedy. */
const TEXT_LENGTH = 1000;

/**
 * The violations that the change brings, with what to do, those that it ends and those that stay: in full, by name, or
 * not at all.
 */
export function policiesPart(stack: string, comparison: Comparison): Part {
  const delta = policyDelta(comparison);
  const { resolved, remaining } = delta;
  const counts = deltaText(delta);
  const form = (isWhole: boolean) =>
    fold(
      `Policy violations: ${counts}`,
      [
        ...remediedOf(comparison, delta).map(({ finding, remedy }) =>
          entry("new", finding, isWhole, remedy),
        ),
        ...resolved.map((finding) => entry("resolved", finding, false)),
        ...remaining.map((finding) => entry("as before", finding, false)),
      ].join("\n"),
    );
  return { kind: "policies", stack, forms: counts === "" ? [""] : [form(true), form(false), ""] };
}

function entry(state: string, finding: PolicyFinding, isWhole: boolean, remedy?: string): string {
  const { policy, level, message, source } = finding;
  const place = source === undefined ? "" : ` (${code(`${source.file}:${String(source.line)}`)})`;
  const title = `- **${state}, ${level}** ${code(policy)} at ${code(titleOf(finding))}${place}`;
  if (!isWhole) return title;
  return [
    `${title}: ${escapeText(clipped(message, TEXT_LENGTH))}`,
    ...(remedy === undefined ? [] : [`  - Remedy: ${escapeText(clipped(remedy, TEXT_LENGTH))}`]),
  ].join("\n");
}
