import { distance } from "fastest-levenshtein";
import { limitsOf } from "./limits";
import type { PolicyLimits, PolicyName } from "./policy-limits";

/** A setting of the pack's configuration that is not one. */
export class PolicyConfigError extends Error {
  override readonly name = "PolicyConfigError";
}

/**
 * The limits of a policy: those of the environment with the configured values in place, at any depth.
 * The SDK's own configuration is replaced as a whole below its first level and takes any name.
 *
 * @throws PolicyConfigError for a name that is no limit of the policy, or a value of another type
 */
export function effectiveLimits<N extends PolicyName>(
  policy: N,
  environment: string,
  configured: object,
): PolicyLimits[N] {
  const limits = limitsOf(environment)[policy];
  return Object.keys(configured).length === 0
    ? limits
    : (merged(limits, configured as Tree, policy) as unknown as PolicyLimits[N]);
}

type Tree = Readonly<Record<string, unknown>>;

function merged(limits: object, configured: Tree, path: string): Tree {
  const result: Record<string, unknown> = { ...limits };
  for (const [key, value] of Object.entries(configured)) {
    const at = `${path}.${key}`;
    const limit = result[key];
    if (limit === undefined) {
      throw new PolicyConfigError(
        `${at} is not a limit; ${nearest(key, Object.keys(limits))}see policies/limits.ts`,
      );
    }
    result[key] = isTree(limit) ? mergedTree(limit, value, at) : sameKind(limit, value, at);
  }
  return result;
}

function mergedTree(limit: Tree, value: unknown, path: string): Tree {
  if (!isTree(value)) {
    throw new PolicyConfigError(`${path} is ${kindOf(value)}, must be an object`);
  }
  return merged(limit, value, path);
}

function sameKind(limit: unknown, value: unknown, path: string): unknown {
  if (kindOf(limit) !== kindOf(value)) {
    throw new PolicyConfigError(`${path} is ${kindOf(value)}, must be ${kindOf(limit)}`);
  }
  return value;
}

const isTree = (value: unknown): value is Tree =>
  value !== null && typeof value === "object" && !Array.isArray(value);

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "a list" : value === null ? "null" : `a ${typeof value}`;
}

/** `did you mean …? `, or that there are none. */
function nearest(name: string, known: readonly string[]): string {
  const [best] = [...known].sort((a, b) => distance(name, a) - distance(name, b));
  return best === undefined ? "the policy has no limits; " : `did you mean ${best}? `;
}
