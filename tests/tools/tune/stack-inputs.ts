import { readStackInputs } from "../../../tools/tune/stack-inputs";
import { SettingsPlanner, type StackInputs } from "../../../tools/tune/stack-settings";
import { shippedFiles } from "../../support/shipped-files";

/** What a stack of this project is planned from, with other values of some keys. */
export async function inputsOf(
  stack: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<StackInputs> {
  const files = shippedFiles(stack);
  const config = Object.fromEntries(
    Object.entries(changes).map(([key, value]) => [`ecs-on-ec2:${key}`, value]),
  );
  const inputs = await readStackInputs({ ...files, config: { ...files.config, ...config } });
  return { ...inputs, overrides: {} };
}

/** The planner of a stack of this project. */
export async function plannerOf(
  stack: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<SettingsPlanner> {
  return new SettingsPlanner(await inputsOf(stack, changes));
}
