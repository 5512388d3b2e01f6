import type { Bounds } from "./ecs-limits";
import {
  CPU_UNITS,
  CPU_UNITS_PER_CPU,
  MEMORY_MIB,
  MEMORY_RESERVATION_MINIMUM_MIB,
} from "./ecs-limits";
import { parseByteSize } from "./quantities";
import type { Read, Report } from "./readers";
import { isMapping, optionalMapping, outOfRange, reader, reportBelow, show } from "./readers";

const MEBIBYTE = 2 ** 20;
const CPUS: Bounds = {
  minimum: CPU_UNITS.minimum / CPU_UNITS_PER_CPU,
  maximum: CPU_UNITS.maximum / CPU_UNITS_PER_CPU,
};

/** ECS reads a number of vCPUs into whole units the same way. */
const readCpuUnits: Read<number> = (value, report) => {
  if (value === undefined) {
    report('missing, and ECS needs it to place and limit the task; write one such as cpus: "0.25"');
    return 0;
  }
  const text = typeof value === "string" || typeof value === "number" ? `${value}` : "";
  if (!/^(\d+\.?\d*|\.\d+)$/.test(text)) {
    report(`${show(value)} is no number of processors; write one such as "0.25"`);
    return 0;
  }
  const range = outOfRange(text, Number(text), CPUS);
  if (range !== undefined) report(range);
  return Math.round(Number(text) * CPU_UNITS_PER_CPU);
};

function readMebibytes(value: unknown, report: Report, bounds: Bounds): number {
  const bytes = typeof value === "string" ? parseByteSize(value) : undefined;
  if (bytes === undefined) {
    report(`${show(value)} is no amount of memory; write text with its unit, such as 512m`);
    return 0;
  }
  const mebibytes = bytes / MEBIBYTE;
  const range = outOfRange(show(value), mebibytes, bounds, "m");
  if (range !== undefined) report(range);
  else if (!Number.isInteger(mebibytes)) {
    report(
      `${show(value)} is not a whole number of MiB, which is what ECS counts in; write ${Math.ceil(mebibytes)}m`,
    );
  }
  return mebibytes;
}

const readMemoryMiB: Read<number> = (value, report) => {
  if (value !== undefined) return readMebibytes(value, report, MEMORY_MIB);
  report("missing, and ECS needs it to place and limit the task; write one such as memory: 512m");
  return 0;
};

/** The share of the limits that is kept for the task. */
const readReservations: Read<{ readonly cpuUnits?: number; readonly memoryMiB?: number }> = (
  value,
  report,
) => {
  if (value === undefined) return {};
  if (!isMapping(value)) {
    report(`${show(value)} is no mapping; write keys below it`);
    return {};
  }
  const { cpus, memory } = value;
  const bounds = { minimum: MEMORY_RESERVATION_MINIMUM_MIB, maximum: MEMORY_MIB.maximum };
  return {
    ...(cpus === undefined ? {} : { cpuUnits: readCpuUnits(cpus, reportBelow(report, "cpus")) }),
    ...(memory === undefined
      ? {}
      : { memoryMiB: readMebibytes(memory, reportBelow(report, "memory"), bounds) }),
  };
};

/**
 * `deploy.resources`. The limits are the limits of task and container. A task with a CPU limit reserves all of it,
 * so a reservation of less CPU could not be kept; memory has ECS's soft limit.
 */
export const resourcesSchema = optionalMapping({
  limits: optionalMapping({ cpus: reader(readCpuUnits), memory: reader(readMemoryMiB) }),
  reservations: reader(readReservations),
}).transform(({ limits, reservations }, context) => {
  const report = (key: string, message: string) => {
    const path = ["reservations", key];
    context.addIssue({ code: "custom", path, message, input: reservations });
  };
  if (reservations.cpuUnits !== undefined && reservations.cpuUnits !== limits.cpus) {
    report(
      "cpus",
      "differs from limits.cpus, and ECS reserves all that a task may use; set both alike, or remove it",
    );
  }
  const { memoryMiB = limits.memory } = reservations;
  if (memoryMiB > limits.memory) {
    report("memory", `${memoryMiB}m is more than limits.memory, ${limits.memory}m; lower it`);
  }
  return {
    cpuUnits: limits.cpus,
    memoryMiB: limits.memory,
    // Left out, ECS reserves the limit; its reference wants a reservation to be less than that.
    memoryReservationMiB: memoryMiB < limits.memory ? memoryMiB : undefined,
  };
});
