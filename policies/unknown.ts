import * as policy from "@pulumi/policy";

/**
 * Thrown by the SDK where a check reads a value that only the deployment tells. The SDK exports the
 * class, but leaves its type out of its declarations.
 */
export function isUnknownValueError(error: unknown): error is Error {
  return error instanceof (policy as unknown as Exports).UnknownValueError;
}

interface Exports {
  readonly UnknownValueError: new (...args: never[]) => Error;
}
