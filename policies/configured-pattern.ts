import { PolicyConfigError } from "./configured-limits";

/**
 * A limit that is a regular expression, which ignores case.
 *
 * @param limit policy and limit, for the message
 * @throws PolicyConfigError where it is none
 */
export function configuredPattern(limit: string, source: string): RegExp {
  try {
    return new RegExp(source, "i");
  } catch {
    throw new PolicyConfigError(`${limit} is not a regular expression; see policies/limits.ts`);
  }
}
