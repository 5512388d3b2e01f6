import { recordSide } from "../../tools/compare/record-side";
import type { StackSide } from "../../tools/compare/stack-side";
import { loadStackFiles } from "../../tools/preview/stack-files";
import type { Changes } from "./stacks";

/** A side of a comparison as the shipped program gives it, with values by full key in place of the stack file's. */
export function sideOf(stack: string, changes: Changes = {}): Promise<StackSide> {
  const files = loadStackFiles(".", stack);
  const changed = { ...files, config: { ...files.config, ...changes } };
  return recordSide(process.cwd(), changed, `stack ${stack}`);
}
