import type { TaskDemand } from "../../capacity/fit";
import type { ContainerContract } from "../container-contract";
import type { StackConfig } from "../stack-config";
import type { PlanFaults } from "./faults";

/**
 * CPU units of a task on EC2.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
const LEAST_CPU_UNITS = 128;
const MOST_CPU_UNITS = 196_608;

/**
 * What a task takes from an instance: the Compose file's limits, or what the stack sets in their place.
 * Refuses sizes that ECS does not take and containers that do not fit their own task.
 */
export function planTask(
  config: StackConfig,
  container: ContainerContract,
  faults: PlanFaults,
): TaskDemand {
  const cpuUnits = config.container.taskCpu ?? container.cpuUnits;
  const memoryMiB = config.container.taskMemoryMiB ?? container.memoryMiB;
  if (cpuUnits < LEAST_CPU_UNITS || cpuUnits > MOST_CPU_UNITS) {
    faults.elsewhere({
      file: container.file,
      key: `services.${container.service}.deploy.resources.limits.cpus`,
      got: `${cpuUnits} CPU units`,
      rule: `must be from ${LEAST_CPU_UNITS} to ${MOST_CPU_UNITS} (cpus "0.125" to "192")`,
      remedy: "change the limit, or set taskCpu in the stack file",
    });
  }
  checkMemory(config, container, memoryMiB, faults);
  checkProcess(config, container, faults);
  return {
    cpuUnits,
    memoryMiB,
    networkMode: config.service.networkMode,
    ports: container.ports.length,
  };
}

function checkMemory(
  config: StackConfig,
  container: ContainerContract,
  memoryMiB: number,
  faults: PlanFaults,
): void {
  const overridden = config.container.taskMemoryMiB !== undefined;
  const limit = overridden ? "taskMemoryMiB" : "the memory limit";
  const reservation = container.memoryReservationMiB ?? 0;
  if (reservation > memoryMiB) {
    faults.elsewhere({
      file: container.file,
      key: `services.${container.service}.deploy.resources.reservations.memory`,
      got: `${reservation} MiB`,
      rule: `but ${limit} is ${memoryMiB} MiB`,
      remedy: `raise ${limit} to ${reservation} MiB or lower the reservation to ${memoryMiB} MiB`,
    });
  }
  // Files in a tmpfs are memory of the container, so a full one would end it.
  const tmpfsMiB = container.tmpfs.reduce((sum, { sizeMiB }) => sum + sizeMiB, 0);
  if (tmpfsMiB >= memoryMiB) {
    faults.elsewhere({
      file: container.file,
      key: `services.${container.service}.tmpfs`,
      got: `${tmpfsMiB} MiB`,
      rule: `but ${limit} is ${memoryMiB} MiB, and files in a tmpfs count against it`,
      remedy: `lower the sizes or raise ${limit} above ${tmpfsMiB} MiB`,
    });
  }
}

function checkProcess(config: StackConfig, container: ContainerContract, faults: PlanFaults): void {
  if (config.service.executeCommand && container.readOnlyRootFilesystem) {
    faults.setting("executeCommand", {
      got: "true",
      rule: `but ECS Exec writes to the container's root file system, which ${container.file} makes read-only`,
      remedy: `set executeCommand to false, or remove read_only from ${container.file}`,
    });
  }
  for (const name of Object.keys(config.container.secretEnvironment).sort()) {
    if (Object.hasOwn(container.environment, name)) {
      faults.setting(`secretEnvironment.${name}`, {
        got: "a secret",
        rule: `but ${container.file} sets ${name} in environment, and ECS takes a name once`,
        remedy: "remove it from one of them",
      });
    }
  }
  const [port] = container.ports;
  if (port?.protocol !== "tcp") {
    faults.elsewhere({
      file: container.file,
      key: `services.${container.service}.ports`,
      got: port === undefined ? "no port" : `${port.containerPort}/${port.protocol} as the first`,
      rule: "but the load balancer sends HTTP to the first port",
      remedy: "put a TCP port first",
    });
  }
}
