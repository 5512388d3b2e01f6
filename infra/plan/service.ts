import type { TaskDemand } from "../../capacity/fit";
import {
  ceilDiv,
  healthyTasksDuringDeployment,
  tasksDuringDeployment,
} from "../../capacity/instance-bounds";
import type { ContainerContract } from "../container-contract";
import type { StackConfig } from "../stack-config";
import { defineContainer, secretArns } from "./container-definition";
import type { PlanFaults } from "./faults";
import { initialTasks } from "./scaling";
import type { ServicePlan } from "./stack-plan";

/** Zones first, which zone rebalancing asks for; then as few instances as hold the tasks, so that others can go. */
const PLACEMENT_STRATEGIES = [
  { type: "spread", field: "attribute:ecs.availability-zone" },
  { type: "binpack", field: "memory" },
] as const;

/** Plans the service and its task definition; `family` is the task definition's name. */
export function planService(
  config: StackConfig,
  container: ContainerContract,
  task: TaskDemand,
  family: string,
  faults: PlanFaults,
): ServicePlan {
  const { service, observability, deletionProtection } = config;
  const { architecture, secretEnvironment } = config.container;
  checkProgress(config, faults);
  return {
    family,
    architecture,
    networkMode: service.networkMode,
    taskCpu: task.cpuUnits,
    taskMemoryMiB: task.memoryMiB,
    container: defineContainer(container, task, secretEnvironment),
    containerPort: container.ports[0]?.containerPort ?? 0,
    secretArns: secretArns(secretEnvironment),
    desiredTasks: initialTasks(config),
    deploymentMinimumHealthyPercent: service.deploymentMinimumHealthyPercent,
    deploymentMaximumPercent: service.deploymentMaximumPercent,
    healthCheckGraceSeconds: service.healthCheckGraceSeconds,
    executeCommand: service.executeCommand,
    placementStrategies: PLACEMENT_STRATEGIES,
    logRetentionDays: observability.logRetentionDays,
    deletionProtection,
  };
}

/**
 * A rolling deployment goes on only if it may start a task above the desired ones or stop one of them. ECS rounds
 * the minimum up and the maximum down, so the fewest tasks have the least room.
 */
function checkProgress({ service, scaling }: StackConfig, faults: PlanFaults): void {
  const { deploymentMinimumHealthyPercent: minimum, deploymentMaximumPercent: maximum } = service;
  const scheduled = scaling.scheduledScaling.map((bounds) => bounds.minTasks);
  const tasks = Math.min(scaling.minTasks, ...scheduled.filter((count) => count > 0));
  const healthy = healthyTasksDuringDeployment(tasks, minimum);
  const most = tasksDuringDeployment(tasks, maximum);
  if (most <= tasks && healthy >= tasks) {
    faults.setting("deploymentMaximumPercent", {
      got: String(maximum),
      rule: `but of ${tasks} ${tasks === 1 ? "task" : "tasks"} that allows ${most} and deploymentMinimumHealthyPercent ${minimum} keeps ${healthy}, so a deployment can neither start nor stop one`,
      remedy: `raise deploymentMaximumPercent to ${ceilDiv(100 * (tasks + 1), tasks)} or lower deploymentMinimumHealthyPercent to ${Math.floor((100 * (tasks - 1)) / tasks)}`,
    });
  }
}
