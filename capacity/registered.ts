import type { InstanceType } from "./catalogue";

/** CPU units that an instance registers with ECS: 1024 for each vCPU. */
export function registeredCpuUnits(instance: Pick<InstanceType, "vCpus">): number {
  return instance.vCpus * 1024;
}

/**
 * Memory in MiB that an instance offers to tasks: what the kernel leaves of the advertised memory,
 * less what the agent keeps back (ECS_RESERVED_MEMORY).
 *
 * The kernel's share depends on type, AMI and kernel and is published for no type. `floor(0.95 x MiB - 190)`
 * is a lower bound of what ECS-optimized AMIs were seen to register (closest: c5.large, 3701 against 3704),
 * so a plan made with it never promises memory that an instance lacks.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html
 */
export function registeredMemoryMiB(
  instance: Pick<InstanceType, "memoryMiB">,
  reservedMemoryMiB: number,
): number {
  // Hundredths keep the arithmetic in integers; 0.95 has no exact binary form.
  const seenByKernel = Math.floor((95 * instance.memoryMiB - 19_000) / 100);
  return Math.max(0, seenByKernel - reservedMemoryMiB);
}
