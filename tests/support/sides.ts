import { recordSide } from "../../tools/compare/record-side";
import type { StackSide } from "../../tools/compare/stack-side";
import { Once } from "./once";
import type { Changes } from "./stacks";
import { shippedFiles } from "./shipped-files";

const sides = new Once<StackSide>();

/**
 * A side of a comparison as the shipped program gives it, with values by full key in place of the stack
 * file's. Recorded once a process for the same values and the same key of secrets.
 */
export function sideOf(
  stack: string,
  changes: Changes = {},
  label = `stack ${stack}`,
): Promise<StackSide> {
  const secretsKey = process.env["COMPARISON_SECRETS_KEY"];
  return sides.get([stack, changes, label, secretsKey], () => {
    const files = shippedFiles(stack);
    const changed = { ...files, config: { ...files.config, ...changes } };
    return recordSide(process.cwd(), changed, label);
  });
}
