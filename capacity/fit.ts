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
  /** Those of its ports that are the same on the host, which only one task of an instance can have. */
  readonly staticHostPorts?: readonly number[];
}

/** What of an instance is left for tasks. */
export interface Room {
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  /** Network interfaces for tasks in awsvpc mode. */
  readonly networkInterfaces: number;
  readonly dynamicHostPorts: number;
  /** Host ports that are taken; ECS keeps some for itself. */
  readonly takenHostPorts: ReadonlySet<number>;
}

/** What decides the room of an instance besides its type. */
export interface RoomOptions {
  /** Memory that the agent keeps back (ECS_RESERVED_MEMORY). */
  readonly reservedMemoryMiB: number;
  /** True where the account has opted in to awsvpcTrunking; types without it keep their plain interfaces. */
  readonly trunking?: boolean;
  /** Tasks of daemon services, one of each on every instance. */
  readonly daemons?: readonly TaskDemand[];
}

/**
 * Host ports that Docker hands out on an instance: Linux's default ip_local_port_range, 32768 to 60999.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
const DYNAMIC_HOST_PORTS = 60_999 - 32_768 + 1;

/**
 * Host ports of SSH, Docker and the ECS agent, which no task can have.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
const RESERVED_HOST_PORTS: ReadonlySet<number> = new Set([22, 2375, 2376, 51_678, 51_679, 51_680]);

/**
 * How many such tasks one instance holds, and what ends first; 0 tasks where not even one fits.
 * Of several resources that end together the first of cpu, memory, network interfaces, host ports is named.
 */
export function fitTasks(
  instance: InstanceType,
  task: TaskDemand,
  reservedMemoryMiB: number,
  options: Omit<RoomOptions, "reservedMemoryMiB"> = {},
): InstanceFit {
  const { instanceType } = instance;
  let room = emptyRoom(instance, { ...options, reservedMemoryMiB });
  for (const daemon of options.daemons ?? []) {
    const left = take(room, daemon);
    if (left === undefined)
      return { instanceType, tasks: 0, boundBy: copiesIn(room, daemon).boundBy };
    room = left;
  }
  const { copies, boundBy } = copiesIn(room, task);
  return { instanceType, tasks: copies, boundBy };
}

/** The fit that a group of mixed types can be counted on: the fewest tasks, the first of equals. */
export function smallestFit(fits: readonly [InstanceFit, ...InstanceFit[]]): InstanceFit {
  return fits.reduce((least, fit) => (fit.tasks < least.tasks ? fit : least));
}

/**
 * The room of an empty instance, its daemons placed; undefined where not even those fit.
 *
 * Without trunking the instance's own interface carries no task; with it the trunk does not either, which the
 * catalogue's figure has counted.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-eni.html
 */
export function roomOf(instance: InstanceType, options: RoomOptions): Room | undefined {
  return (options.daemons ?? []).reduce<Room | undefined>(
    (room, daemon) => (room === undefined ? undefined : take(room, daemon)),
    emptyRoom(instance, options),
  );
}

function emptyRoom(
  instance: InstanceType,
  { reservedMemoryMiB, trunking = false }: RoomOptions,
): Room {
  return {
    cpuUnits: registeredCpuUnits(instance),
    memoryMiB: registeredMemoryMiB(instance, reservedMemoryMiB),
    networkInterfaces: (trunking ? instance.trunkedTasks : null) ?? instance.enis - 1,
    dynamicHostPorts: DYNAMIC_HOST_PORTS,
    takenHostPorts: RESERVED_HOST_PORTS,
  };
}

/** What is left when the task is placed, or undefined where it does not fit. */
export function take(room: Room, task: TaskDemand): Room | undefined {
  if (copiesIn(room, task).copies === 0) return undefined;
  const fixed = fixedPorts(task);
  const awsvpc = task.networkMode === "awsvpc";
  return {
    cpuUnits: room.cpuUnits - task.cpuUnits,
    memoryMiB: room.memoryMiB - task.memoryMiB,
    networkInterfaces: room.networkInterfaces - (awsvpc ? 1 : 0),
    dynamicHostPorts: room.dynamicHostPorts - (awsvpc ? 0 : task.ports - fixed.length),
    takenHostPorts:
      fixed.length === 0 ? room.takenHostPorts : new Set([...room.takenHostPorts, ...fixed]),
  };
}

/**
 * How many copies of a task the room holds and what ends first. Of several that end together the first of cpu,
 * memory, network interfaces, host ports is named.
 */
export function copiesIn(
  room: Room,
  task: TaskDemand,
): { readonly copies: number; readonly boundBy: InstanceFit["boundBy"] } {
  const bounds: [InstanceFit["boundBy"], number][] = [
    ["cpu", quotient(room.cpuUnits, task.cpuUnits)],
    ["memory", quotient(room.memoryMiB, task.memoryMiB)],
  ];
  if (task.networkMode === "awsvpc") {
    bounds.push(["networkInterfaces", room.networkInterfaces]);
  } else {
    bounds.push(["hostPorts", portCopies(room, task)]);
  }
  const [boundBy, copies] = bounds.reduce((least, bound) => (bound[1] < least[1] ? bound : least));
  return { copies, boundBy };
}

/** Ports that the task wants on the host itself; in awsvpc mode its own interface has them. */
export function fixedPorts({ networkMode, staticHostPorts }: TaskDemand): readonly number[] {
  return networkMode === "awsvpc" ? [] : (staticHostPorts ?? []);
}

function portCopies(room: Room, task: TaskDemand): number {
  const fixed = fixedPorts(task);
  const copies = quotient(room.dynamicHostPorts, task.ports - fixed.length);
  if (fixed.length === 0) return copies;
  return fixed.some((port) => room.takenHostPorts.has(port)) ? 0 : Math.min(copies, 1);
}

/** How often the need goes into what there is; for ever where nothing is needed. */
function quotient(available: number, needed: number): number {
  return needed === 0 ? Infinity : Math.floor(available / needed);
}
