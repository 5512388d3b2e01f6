import type { InstanceFit } from "./capacity-report";
import type { InstanceType } from "./catalogue";
import { registeredCpuUnits, registeredMemoryMiB } from "./registered";

/** What one task takes from an instance. */
export interface TaskDemand {
  /** 1024 = one vCPU. */
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  /** With `awsvpc` a task takes a network interface, with `bridge` a dynamic host port for each of its ports. */
  readonly networkMode: "bridge" | "awsvpc";
  /** Ports that the task publishes. */
  readonly ports: number;
}

/**
 * Host ports that Docker hands out on an instance: Linux's default ip_local_port_range, 32768 to 60999.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
const DYNAMIC_HOST_PORTS = 60_999 - 32_768 + 1;

/**
 * How many such tasks one instance holds, and what ends first; 0 tasks where not even one fits.
 * Of several resources that end together the first of cpu, memory, network interfaces, host ports is named.
 *
 * Network interfaces are counted without trunking: the instance's own interface carries no task.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-eni.html
 */
export function fitTasks(
  instance: InstanceType,
  task: TaskDemand,
  reservedMemoryMiB: number,
): InstanceFit {
  const rooms: [InstanceFit["boundBy"], number][] = [
    ["cpu", Math.floor(registeredCpuUnits(instance) / task.cpuUnits)],
    ["memory", Math.floor(registeredMemoryMiB(instance, reservedMemoryMiB) / task.memoryMiB)],
  ];
  if (task.networkMode === "awsvpc") {
    rooms.push(["networkInterfaces", instance.enis - 1]);
  } else {
    rooms.push(["hostPorts", Math.floor(DYNAMIC_HOST_PORTS / task.ports)]);
  }
  const [boundBy, tasks] = rooms.reduce((least, room) => (room[1] < least[1] ? room : least));
  return { instanceType: instance.instanceType, tasks, boundBy };
}

/** The fit that a group of mixed types can be counted on: the fewest tasks, the first of equals. */
export function smallestFit(fits: readonly [InstanceFit, ...InstanceFit[]]): InstanceFit {
  return fits.reduce((least, fit) => (fit.tasks < least.tasks ? fit : least));
}
