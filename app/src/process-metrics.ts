import { setTimeout as sleep } from "node:timers/promises";
import type { Registry } from "prom-client";

// Event-loop delay is sampled every 10 ms, and without a sample its mean is not a number.
const firstSampleMilliseconds = 25;

let registry: Promise<Registry> | undefined;

/**
 * Metrics of the process for Prometheus: processor time, memory, event-loop delay, garbage collection.
 * Their library is loaded at the first call, since loading it at the start would make every task ready later.
 * What counts up with the process, such as processor time, is complete all the same.
 */
export async function renderProcessMetrics(): Promise<string> {
  registry ??= openRegistry();
  return (await registry).metrics();
}

async function openRegistry(): Promise<Registry> {
  const { collectDefaultMetrics, Registry: ProcessRegistry } = await import("prom-client");
  const opened = new ProcessRegistry();
  collectDefaultMetrics({ register: opened });
  await sleep(firstSampleMilliseconds);
  return opened;
}
