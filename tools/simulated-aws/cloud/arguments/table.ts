import type { Arguments, ArgumentTable } from "./argument";
import { COMPUTE_ARGUMENTS } from "./compute";
import { IDENTITY_AND_STORAGE_ARGUMENTS } from "./identity-and-storage";
import { LOAD_BALANCING_ARGUMENTS } from "./load-balancing";
import { NETWORK_ARGUMENTS } from "./network";
import { OBSERVABILITY_ARGUMENTS } from "./observability";

/** What the provider asks of the inputs of every type, and what it fills in. */
export const ARGUMENTS: ArgumentTable = {
  ...NETWORK_ARGUMENTS,
  ...COMPUTE_ARGUMENTS,
  ...LOAD_BALANCING_ARGUMENTS,
  ...IDENTITY_AND_STORAGE_ARGUMENTS,
  ...OBSERVABILITY_ARGUMENTS,
};

/**
 * The entry of a type.
 *
 * @throws where the type is not in the table
 */
export function argumentsOf(type: string): Arguments {
  const found = ARGUMENTS[type];
  if (found === undefined) {
    throw new Error(
      `type "${type}" has no entry in ARGUMENTS; ` +
        "add its names, required inputs and defaults to a table in tools/simulated-aws/cloud/arguments",
    );
  }
  return found;
}
