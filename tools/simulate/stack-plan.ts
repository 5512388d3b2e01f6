import * as pulumi from "@pulumi/pulumi";
import { loadContainer } from "../../infra/compose";
import { loadConfig } from "../../infra/config";
import type { ContainerContract } from "../../infra/container-contract";
import { planStack } from "../../infra/plan";
import type { StackPlan } from "../../infra/plan/stack-plan";
import type { StackConfig } from "../../infra/stack-config";
import { inOwnState, NO_ADDRESS } from "../preview/sdk-internals";
import type { StackFiles } from "../preview/stack-files";

/** What a stack is planned from. */
export interface StackSettings {
  readonly config: StackConfig;
  readonly container: ContainerContract;
}

/**
 * Settings and container of a stack from its files, by the program's own readers, without running the program.
 * The working directory has to be the project's.
 * @throws ConfigError or ContainerError with every fault
 */
export function readStackSettings({
  project,
  stack,
  config,
  secretKeys,
}: StackFiles): Promise<StackSettings> {
  return inOwnState(() => {
    pulumi.runtime.resetOptions(project, stack, 1, NO_ADDRESS, NO_ADDRESS, true, "");
    pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);
    const settings = loadConfig();
    const { composeFile, composeService } = settings.container;
    const container = loadContainer(composeFile, composeService);
    return Promise.resolve({ config: settings, container });
  });
}

/**
 * The plan of a stack, by the program's own planner.
 * @throws ConfigError, ContainerError or PlanError with every fault
 */
export async function readStackPlan(files: StackFiles): Promise<StackPlan> {
  const { config, container } = await readStackSettings(files);
  return planStack(config, container);
}
