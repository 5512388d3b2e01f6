import { AUTO_SCALING_RULES } from "./auto-scaling";
import { CONTAINER_SERVICE_RULES } from "./container-service";
import { EDGE_RULES } from "./edge";
import { IDENTITY_RULES } from "./identity";
import { LOAD_BALANCING_RULES } from "./load-balancing";
import { NETWORK_RULES } from "./network";
import { OBSERVABILITY_RULES } from "./observability";
import type { RuleTable, TypeRules } from "./rule";
import { STORAGE_RULES } from "./storage";

/** What AWS holds every type to; a type without rules has an empty entry. */
export const RULES: RuleTable = {
  ...NETWORK_RULES,
  ...IDENTITY_RULES,
  ...STORAGE_RULES,
  ...AUTO_SCALING_RULES,
  ...CONTAINER_SERVICE_RULES,
  ...LOAD_BALANCING_RULES,
  ...EDGE_RULES,
  ...OBSERVABILITY_RULES,
};

/**
 * The rules of a type.
 *
 * @throws where the type is not in the table
 */
export function rulesOf(type: string): TypeRules {
  const found = RULES[type];
  if (found === undefined) {
    throw new Error(
      `type "${type}" has no entry in RULES; ` +
        "add its references, unique names and obstacles to a table in tools/simulated-aws/cloud/rules",
    );
  }
  return found;
}
