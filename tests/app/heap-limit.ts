import type { ContainerContract } from "../../infra/container-contract";
import type { StackPlan } from "../../infra/plan/stack-plan";
import type { ImageDescription } from "./image-description";

/** What decides how much memory a process may take, and how much it may have. */
export interface HeapContract {
  readonly image: ImageDescription;
  readonly container: ContainerContract;
  readonly plan: StackPlan;
}

/**
 * Memory that a process of the service takes beside its heap: Node itself, code, stacks, buffers and
 * sockets. At rest it is about 60 MiB, so this leaves room for the buffers of some hundred requests.
 */
const besideHeapMiB = 128;

/** The old generation that V8 chooses at least, at most, and at most on a machine of 16 GiB or more. */
const leastOldGenerationMiB = 256;
const mostOldGenerationMiB = 2048;
const mostOldGenerationOfLargeMiB = 4096;
const largeMemoryMiB = 15 * 1024;

/**
 * Size in MiB to which the heap of a process may grow under a memory limit: both generations.
 *
 * By itself V8 takes half of the memory for the old generation, within bounds: Node tells it the limit
 * of the cgroup (`uv_get_constrained_memory`) in place of the machine's memory. The young generation
 * comes on top; it is an eighth at most (measured with Node 20 and 24 under limits of 128 MiB to 16 GiB).
 *
 * @param explicitMiB value of --max-old-space-size, or undefined
 * @see https://github.com/nodejs/node/blob/v24.x/deps/v8/src/heap/heap.cc, Heap::HeapSizeFromPhysicalMemory
 */
export function heapLimitMiB(memoryMiB: number, explicitMiB: number | undefined): number {
  const most = memoryMiB < largeMemoryMiB ? mostOldGenerationMiB : mostOldGenerationOfLargeMiB;
  const chosen = Math.max(Math.min(memoryMiB / 2, most), leastOldGenerationMiB);
  return ((explicitMiB ?? chosen) * 9) / 8;
}

/** Value of --max-old-space-size in MiB, the last one where there are several, as Node takes it. */
export function explicitHeapMiB(
  image: ImageDescription,
  container: ContainerContract,
): number | undefined {
  const options = [
    container.environment["NODE_OPTIONS"] ?? image.environment["NODE_OPTIONS"] ?? "",
    ...(container.entryPoint ?? []),
    ...(container.command ?? image.command ?? []),
  ].join(" ");
  const values = [...options.matchAll(/--max[-_]old[-_]space[-_]size[= ](\d+)/g)];
  const last = values.at(-1)?.[1];
  return last === undefined ? undefined : Number(last);
}

/** The heap, what is beside it and full tmpfs mounts, which count as memory, must fit the limit of both. */
export function heapFaults({ image, container, plan }: HeapContract): string[] {
  const explicit = explicitHeapMiB(image, container);
  const tmpfsMiB = container.tmpfs.reduce((sum, { sizeMiB }) => sum + sizeMiB, 0);
  const limits = [
    [container.file, container.memoryMiB],
    ["the task definition", plan.service.container.memory],
  ] as const;
  return limits.flatMap(([where, memoryMiB]) => {
    const heapMiB = heapLimitMiB(memoryMiB, explicit);
    const needed = heapMiB + besideHeapMiB + tmpfsMiB;
    return needed <= memoryMiB
      ? []
      : [
          `memory: ${where} has ${memoryMiB} MiB, must be at least ${needed} MiB for a heap of ${heapMiB} MiB, ${besideHeapMiB} MiB beside it and ${tmpfsMiB} MiB of tmpfs; raise the limit or lower --max-old-space-size`,
        ];
  });
}
