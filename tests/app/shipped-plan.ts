import { loadContainer } from "../../infra/compose";
import { loadConfig } from "../../infra/config";
import type { ContainerContract } from "../../infra/container-contract";
import { planStack } from "../../infra/plan";
import type { StackPlan } from "../../infra/plan/stack-plan";
import { useStack } from "../support/stack-config";

/** Every stack that the repository ships. */
export const shippedStacks = ["dev", "prod"] as const;
export type ShippedStack = (typeof shippedStacks)[number];

/** The container of the shipped Compose file and what a shipped stack makes of it. */
export async function shippedPlan(
  stack: ShippedStack,
): Promise<{ readonly container: ContainerContract; readonly plan: StackPlan }> {
  await useStack(stack);
  const config = loadConfig();
  const container = loadContainer(config.container.composeFile, config.container.composeService);
  return { container, plan: planStack(config, container) };
}
