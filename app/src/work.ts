import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";

/** A load that a request puts on the service. */
export interface Work {
  readonly milliseconds: number;
  /** Share of a processor, 0 to 1. */
  readonly busyShare: number;
}

/** What became of a load. */
export interface WorkDone {
  readonly milliseconds: number;
  readonly busyMilliseconds: number;
}

/** What work measures and waits by. */
export interface Clock {
  now(): number;
  /** Processor time of this process so far, in milliseconds. */
  used(): number;
  /** Resolves when the event loop has looked at everything else once. */
  turn(): Promise<unknown>;
  /** Resolves after so many milliseconds; rejects when aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<unknown>;
}

const systemClock: Clock = {
  now: () => performance.now(),
  used: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  turn: () => nextTurn(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
};

/** Longest processor time without a look at the event loop: what one load may add to the answer of a health check. */
const burstMilliseconds = 4;

/**
 * Keeps a processor busy in bursts that are spread evenly over the time, and lets others run between them.
 * It ends in time also where others need the processor or the container's share of it is used up, with less
 * done, so that requests cannot pile up work that outlasts them.
 *
 * @param clock @default - that of the system
 * @returns early once `signal` is aborted
 */
export async function work(
  { milliseconds, busyShare }: Work,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<WorkDone> {
  const start = clock.now();
  const end = start + milliseconds;
  const bursts = Math.ceil((milliseconds * busyShare) / burstMilliseconds);
  let busyMilliseconds = 0;
  for (let index = 0; index < bursts && !signal.aborted && clock.now() < end; index += 1) {
    busyMilliseconds += spin((milliseconds * busyShare) / bursts, end, clock);
    await waitUntil(start + (milliseconds * (index + 1)) / bursts, signal, clock);
  }
  await waitUntil(end, signal, clock);
  return { milliseconds: clock.now() - start, busyMilliseconds };
}

/** Resolves at the time or earlier when aborted, and never in the same turn. */
async function waitUntil(time: number, signal: AbortSignal, clock: Clock): Promise<void> {
  const left = time - clock.now();
  // A timer has whole milliseconds.
  if (left < 1) await clock.turn();
  else await clock.sleep(left, signal).catch(() => undefined);
}

/** Uses processor time, until `end` at the latest, and returns how much. */
function spin(milliseconds: number, end: number, clock: Clock): number {
  const start = clock.used();
  let spent = 0;
  while (spent < milliseconds && clock.now() < end) spent = clock.used() - start;
  return spent;
}
