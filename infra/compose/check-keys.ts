import { nearest } from "../lib/nearest";
import type { KeyRule, KeyRules } from "./key-rule";
import { isMapping } from "./readers";
import type { Report } from "./readers";
import type { KeyPath } from "./yaml-tree";

/**
 * Holds every key of a value against the rules and tells of those that cannot be deployed.
 * @returns the value with deployed keys alone: extensions, local keys and faulty keys are left out.
 */
export function keepDeployedKeys(
  value: unknown,
  rules: KeyRules,
  report: Report,
  path: KeyPath = [],
): unknown {
  const item = rules["*"];
  if (Array.isArray(value) && item !== undefined) {
    return value.map((element, index) => keepBelow(element, item, report, [...path, index]));
  }
  if (!isMapping(value) || item !== undefined) return value;
  const kept = Object.entries(value).flatMap(([key, child]): [string, unknown][] => {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    const childPath = [...path, key];
    if (rule?.kind === "deployed") return [[key, keepBelow(child, rule, report, childPath)]];
    if (rule?.kind === "refused")
      report(`has no counterpart on ECS here; ${rule.remedy}`, childPath);
    else if (rule === undefined && !key.startsWith("x-")) report(unknownKey(key, rules), childPath);
    return [];
  });
  return Object.fromEntries(kept);
}

function keepBelow(value: unknown, rule: KeyRule, report: Report, path: KeyPath): unknown {
  if (rule.kind !== "deployed" || rule.keys === undefined) return value;
  return keepDeployedKeys(value, rule.keys, report, path);
}

function unknownKey(key: string, rules: KeyRules): string {
  const names = Object.keys(rules);
  const similar = nearest(key, names);
  return similar === undefined
    ? `unknown key; remove it, or use one of ${names.filter((name) => rules[name]?.kind === "deployed").join(", ")}`
    : `unknown key; did you mean ${similar}`;
}
