import { limitsOf } from "../../policies/limits";
import type { StackFiles } from "../preview/stack-files";
import { readStackSettings } from "../simulate/stack-plan";
import type { StackInputs } from "./stack-settings";

/**
 * What a stack is planned from, and the limits of its environment.
 * The working directory has to be the project's.
 * @throws ConfigError or ContainerError with every fault
 */
export async function readStackInputs(files: StackFiles): Promise<Omit<StackInputs, "overrides">> {
  return { ...(await readStackSettings(files)), limits: limitsOf(files.stack) };
}
