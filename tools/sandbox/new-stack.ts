import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { runQuietly } from "./run-pulumi";
import type { SandboxFolder } from "./sandbox-folder";
import type { StackName } from "./stack-state";

/**
 * Creates a stack in the sandbox. The CLI writes the salt of its encryption into the stack file of
 * the project that it runs in, so it runs in one of the sandbox's own with the same name.
 *
 * @throws SandboxError where the CLI refuses
 */
export function createStack(
  folder: SandboxFolder,
  { project, stack }: StackName,
  pulumi: string,
  env: Readonly<Record<string, string>>,
): void {
  const projectFile = join(folder.newStacks, "Pulumi.yaml");
  writeFileSync(projectFile, stringify({ name: project, runtime: "nodejs" }));
  runQuietly({
    pulumi,
    args: ["stack", "init", stack, "--non-interactive"],
    env,
    cwd: folder.newStacks,
  });
}
