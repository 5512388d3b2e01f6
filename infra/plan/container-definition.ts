import type { TaskDemand } from "../../capacity/fit";
import type { ContainerContract } from "../container-contract";
import type { ContainerDefinition } from "./stack-plan";

/**
 * The container as ECS registers it. It takes the whole of its task: CPU and memory are the task's.
 * Keys that the Compose file leaves out are left out here too; lists made of mappings are sorted, so that their
 * order in a file is no difference.
 */
export function defineContainer(
  container: ContainerContract,
  task: TaskDemand,
  secretEnvironment: Readonly<Record<string, string>>,
): ContainerDefinition {
  const { command, entryPoint, workingDirectory, user, memoryReservationMiB, healthCheck } =
    container;
  return {
    name: container.service,
    essential: true,
    cpu: task.cpuUnits,
    memory: task.memoryMiB,
    // ECS takes a soft limit only below the hard one; an equal one says nothing more.
    ...(memoryReservationMiB !== undefined && memoryReservationMiB < task.memoryMiB
      ? { memoryReservation: memoryReservationMiB }
      : {}),
    portMappings: container.ports.map((port) => ({
      ...port,
      hostPort: task.networkMode === "awsvpc" ? port.containerPort : 0,
    })),
    environment: sortedEntries(container.environment).map(([name, value]) => ({ name, value })),
    secrets: sortedEntries(secretEnvironment).map(([name, valueFrom]) => ({ name, valueFrom })),
    ...(command === undefined ? {} : { command }),
    ...(entryPoint === undefined ? {} : { entryPoint }),
    ...(workingDirectory === undefined ? {} : { workingDirectory }),
    ...(user === undefined ? {} : { user }),
    readonlyRootFilesystem: container.readOnlyRootFilesystem,
    linuxParameters: {
      initProcessEnabled: container.init,
      capabilities: { add: container.capabilitiesAdded, drop: container.capabilitiesDropped },
      tmpfs: container.tmpfs.map(({ containerPath, sizeMiB, mountOptions }) => ({
        containerPath,
        size: sizeMiB,
        mountOptions,
      })),
    },
    ulimits: container.ulimits,
    ...(healthCheck === undefined
      ? {}
      : {
          healthCheck: {
            command: healthCheck.command,
            interval: healthCheck.intervalSeconds,
            timeout: healthCheck.timeoutSeconds,
            retries: healthCheck.retries,
            startPeriod: healthCheck.startPeriodSeconds,
          },
        }),
    stopTimeout: container.stopTimeoutSeconds,
    dockerLabels: container.labels,
  };
}

/**
 * The secrets and parameters that ECS reads for the container, each once: without the JSON key, version stage
 * and version that may follow a secret's ARN, which IAM does not know.
 */
export function secretArns(secretEnvironment: Readonly<Record<string, string>>): string[] {
  const arns = Object.values(secretEnvironment).map((valueFrom) => {
    const sections = valueFrom.split(":");
    return sections[2] === "secretsmanager" ? sections.slice(0, 7).join(":") : valueFrom;
  });
  return [...new Set(arns)].sort();
}

function sortedEntries(record: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
