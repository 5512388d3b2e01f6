import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadStackFiles, type StackFiles } from "../../tools/preview/stack-files";

/**
 * A stack as this repository ships it, from tests/shipped/, with the settings that the project declares
 * today. The stack files themselves belong to whoever deploys them: what they say is no business of a test.
 *
 * @param program `.`, or `bootstrap`
 */
export function shippedFiles(stack: string, program: "." | "bootstrap" = "."): StackFiles {
  const known = read.get(join(program, stack)) ?? readShipped(stack, program);
  read.set(join(program, stack), known);
  return { ...known, config: { ...known.config }, secretKeys: [...known.secretKeys] };
}

const read = new Map<string, StackFiles>();

function readShipped(stack: string, program: string): StackFiles {
  const folder = mkdtempSync(join(tmpdir(), "shipped-"));
  try {
    const file = `Pulumi.${stack}.yaml`;
    cpSync(join(program, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
    cpSync(join("tests/shipped", program, file), join(folder, file));
    return loadStackFiles(folder, stack);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
