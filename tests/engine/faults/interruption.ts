import { setTimeout as sleep } from "node:timers/promises";
import type { Faults } from "../../../tools/simulated-aws/cloud/faults";
import type { EngineRun, EngineStack } from "../engine-stack";
import { managed } from "./account-census";

/** When a run of the engine is killed. */
export interface Moment {
  /** True from the moment on; asked again and again. */
  readonly reached: () => boolean;
  /** What goes wrong besides. @default nothing */
  readonly faults?: Faults;
}

const LOOK_AGAIN_MS = 2;
const LIMIT_MS = 120_000;

/** Kills a run of the engine with SIGKILL at a moment, and waits until its processes are gone. */
export async function kill(
  stack: EngineStack,
  command: string,
  { reached, faults = {} }: Moment,
): Promise<void> {
  const run = await stack.start(command, [], { faults, judged: false });
  let early: EngineRun | undefined;
  void run.ended.then((ended) => (early = ended));
  const end = Date.now() + LIMIT_MS;
  while (!reached()) {
    if (early !== undefined || Date.now() > end) {
      throw new Error(`pulumi ${command} was not killed:\n${early?.output ?? "it goes on"}`);
    }
    await sleep(LOOK_AGAIN_MS);
  }
  process.kill(run.pid, "SIGKILL");
  await run.ended;
  await stack.stopAws();
}

/**
 * The moment at which the account holds the nth resource. Where its answer gets lost, the engine never
 * knows of the nth.
 */
export const nthCreation = (
  stack: EngineStack,
  n: number,
  answer: "arrives" | "is lost",
): Moment => ({
  reached: () => managed(stack).length >= n,
  ...(answer === "is lost" ? { faults: { loseCreate: n } } : {}),
});

/** The moment at which the account has lost the nth of its resources. */
export function nthDeletion(stack: EngineStack, n: number): Moment {
  const before = managed(stack).length;
  return { reached: () => managed(stack).length <= before - n };
}
