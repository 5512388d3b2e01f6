import { createRequire } from "node:module";
import { join } from "node:path";
import type { ResourceGraph } from "./graph";
import { refuseLateDeclarations } from "./late-declarations";
import { recordStack } from "./record";
import type { StackFiles } from "./stack-files";

/** As the engine starts a program: package.json names it, and an exported function is called. */
export function runProgram(directory: string): unknown {
  const program: unknown = createRequire(join(directory, "package.json"))(directory);
  return typeof program === "function" ? (program as () => unknown)() : program;
}

/**
 * Runs the program in `directory`, which has to be the working directory, in the command's own process and
 * records what it declares, late declarations refused; nothing is planned or simulated beside it.
 *
 * @throws RecordingError with everything that went wrong in the program.
 * @public loaded at run time by the commands
 */
export async function recordInOwnProcess(
  directory: string,
  files: StackFiles,
): Promise<ResourceGraph> {
  const graph = await recordStack(() => runProgram(directory), files);
  await refuseLateDeclarations();
  return graph;
}
