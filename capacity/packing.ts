import { copiesIn, fixedPorts, type Room, take, type TaskDemand } from "./fit";

/** Tasks of one service that must all run. */
export interface TaskGroup {
  readonly name: string;
  readonly task: TaskDemand;
  /** An integer of at least 0. */
  readonly count: number;
}

/** Whether tasks of several services run together on a list of instances. */
export interface Packing {
  /**
   * `fits`: `placements` shows how. `does not fit`: no way of placing them does, by `because`. `unproven`: the
   * heuristic finds no way and nothing rules one out.
   */
  readonly verdict: "fits" | "does not fit" | "unproven";
  /** Tasks on each instance by their group, in the order of the instances. */
  readonly placements: readonly Readonly<Record<string, number>>[];
  /** Instances with a task. */
  readonly instancesUsed: number;
  /** Tasks that found no place, by their group; empty where all did. */
  readonly unplaced: Readonly<Record<string, number>>;
  /** What rules a packing out, in words; undefined unless it does. */
  readonly because: string | undefined;
}

/**
 * Packs tasks of several services on instances, which may be of several types, by first-fit-decreasing: the largest
 * task first, each on the first instance that has room. Whether a packing exists is NP-hard, so a failure of the
 * heuristic proves nothing; what does is a task that fits nowhere, or a resource of which all tasks together need
 * more than all instances offer.
 *
 * @param rooms what each instance offers, see roomOf()
 */
export function packTasks(groups: readonly TaskGroup[], rooms: readonly Room[]): Packing {
  const left = [...rooms];
  const placements: Record<string, number>[] = rooms.map(() => ({}));
  const unplaced: Record<string, number> = {};
  for (const { name, task, count } of decreasing(groups, rooms)) {
    let open = count;
    for (let index = 0; index < left.length && open > 0; index += 1) {
      for (;;) {
        const room = left[index];
        const after = room === undefined || open === 0 ? undefined : take(room, task);
        if (after === undefined) break;
        left[index] = after;
        open -= 1;
        const placed = placements[index] ?? {};
        placed[name] = (placed[name] ?? 0) + 1;
      }
    }
    if (open > 0) unplaced[name] = open;
  }
  const isWhole = Object.keys(unplaced).length === 0;
  const because = isWhole ? undefined : impossible(groups, rooms);
  return {
    verdict: isWhole ? "fits" : because === undefined ? "unproven" : "does not fit",
    placements,
    instancesUsed: placements.filter((tasks) => Object.keys(tasks).length > 0).length,
    unplaced,
    because,
  };
}

/**
 * Instances of one type that tasks of several services need: never fewer than `atLeast`, and `enough` of them do.
 * Undefined where a task fits not even an instance of its own.
 */
export function instancesForGroups(
  groups: readonly TaskGroup[],
  room: Room,
): { readonly atLeast: number; readonly enough: number } | undefined {
  const wanted = groups.filter(({ count }) => count > 0);
  if (wanted.some(({ task }) => copiesIn(room, task).copies === 0)) return undefined;
  const atLeast = Math.max(
    0,
    ...RESOURCES.map(({ of, need }) => {
      const total = wanted.reduce((sum, { task, count }) => sum + count * need(task), 0);
      return total === 0 ? 0 : Math.ceil(total / of(room));
    }),
    ...portDemands(wanted).values(),
  );
  const tasks = wanted.reduce((sum, { count }) => sum + count, 0);
  const { instancesUsed } = packTasks(
    wanted,
    Array.from({ length: tasks }, () => room),
  );
  return { atLeast, enough: instancesUsed };
}

/** A resource that tasks add up in. */
interface Resource {
  readonly name: string;
  readonly of: (room: Room) => number;
  readonly need: (task: TaskDemand) => number;
}

const RESOURCES: readonly Resource[] = [
  { name: "CPU units", of: (room) => room.cpuUnits, need: (task) => task.cpuUnits },
  { name: "MiB of memory", of: (room) => room.memoryMiB, need: (task) => task.memoryMiB },
  {
    name: "network interfaces",
    of: (room) => room.networkInterfaces,
    need: ({ networkMode }) => (networkMode === "awsvpc" ? 1 : 0),
  },
  {
    name: "dynamic host ports",
    of: (room) => room.dynamicHostPorts,
    need: (task) => (task.networkMode === "awsvpc" ? 0 : task.ports - fixedPorts(task).length),
  },
];

/** Largest share of the largest instance first; equals in the order given, so that the result is one. */
function decreasing(groups: readonly TaskGroup[], rooms: readonly Room[]): readonly TaskGroup[] {
  const shareOf = ({ task }: TaskGroup) =>
    Math.max(
      ...RESOURCES.map(({ of, need }) => {
        const largest = Math.max(0, ...rooms.map(of));
        return need(task) === 0 ? 0 : need(task) / Math.max(largest, 1);
      }),
      // A port of the host is the whole instance for every copy of the task.
      fixedPorts(task).length > 0 ? 1 : 0,
    );
  return groups
    .map((group) => ({ group, share: shareOf(group) }))
    .sort((one, other) => other.share - one.share)
    .map(({ group }) => group);
}

/** Why no packing exists, in words, or undefined where that is not known. */
function impossible(groups: readonly TaskGroup[], rooms: readonly Room[]): string | undefined {
  for (const { name, task, count } of groups) {
    const copies = rooms.reduce((sum, room) => sum + copiesIn(room, task).copies, 0);
    if (copies < count) {
      return `${count} tasks of ${name} are wanted and ${copies} fit the empty instances`;
    }
  }
  for (const { name, of, need } of RESOURCES) {
    const wanted = groups.reduce((sum, { task, count }) => sum + count * need(task), 0);
    const offered = rooms.reduce((sum, room) => sum + of(room), 0);
    if (wanted > offered) return `${wanted} ${name} are wanted and ${offered} are offered`;
  }
  for (const [port, tasks] of portDemands(groups)) {
    const offered = rooms.filter(({ takenHostPorts }) => !takenHostPorts.has(port)).length;
    if (tasks > offered) {
      return `host port ${port} is wanted by ${tasks} tasks and ${offered} instances have it free`;
    }
  }
  return undefined;
}

/** Tasks that want a port of the host, by the port. */
function portDemands(groups: readonly TaskGroup[]): ReadonlyMap<number, number> {
  const demands = new Map<number, number>();
  for (const { task, count } of groups) {
    for (const port of new Set(fixedPorts(task))) {
      demands.set(port, (demands.get(port) ?? 0) + count);
    }
  }
  return demands;
}
