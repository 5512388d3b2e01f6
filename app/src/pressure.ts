import { getHeapStatistics } from "node:v8";
import underPressure from "@fastify/under-pressure";
import type { FastifyInstance } from "fastify";
import { ProblemError } from "./problem";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What a route does instead of refusing under pressure. */
    readonly pressureHandler?: () => void;
  }
}

/** When the service refuses requests rather than fall over; 0 switches a limit off. */
export interface PressureLimits {
  /** Mean delay of the event loop in one sample. */
  readonly maxEventLoopDelayMilliseconds: number;
  /** Used heap in percent of V8's own limit, which follows the memory limit of the container. */
  readonly maxHeapPercent: number;
  /** Resident memory of the process. */
  readonly maxRssMebibytes: number;
}

/** Time between two samples: how long pressure lasts at least before requests are refused, and after it. */
const sampleMilliseconds = 500;

/** After two samples the pressure may be gone. */
const retryAfterSeconds = 1;

/**
 * Refuses requests with 503 and Retry-After while a limit is exceeded. Refusing costs little, so that what
 * was let in is answered in time and the process stays alive until more tasks share the load.
 *
 * Probes are exempt, and pressure does not fail readiness either. When demand exceeds capacity, all tasks
 * are under pressure at once: with readiness failing, the load balancer would have no target left and ECS
 * would replace the tasks as unhealthy, which turns an overload into an outage. Readiness says whether a
 * task should get requests at all, 503 that it cannot take this one now.
 */
export function guardAgainstPressure(app: FastifyInstance, limits: PressureLimits): void {
  const heapLimit = getHeapStatistics().heap_size_limit;
  const { maxEventLoopDelayMilliseconds, maxHeapPercent, maxRssMebibytes } = limits;
  app.register(underPressure, {
    sampleInterval: sampleMilliseconds,
    maxEventLoopDelay: maxEventLoopDelayMilliseconds,
    maxHeapUsedBytes: (heapLimit * maxHeapPercent) / 100,
    maxRssBytes: maxRssMebibytes * 1024 * 1024,
    pressureHandler: (_request, _reply, type) => {
      throw new ProblemError(
        503,
        `the service is under pressure (${causes[type] ?? type}), ask again in ${retryAfterSeconds} s`,
        { "retry-after": String(retryAfterSeconds) },
      );
    },
  });
}

const causes: Readonly<Record<string, string>> = {
  [underPressure.TYPE_EVENT_LOOP_DELAY]: "event loop",
  [underPressure.TYPE_HEAP_USED_BYTES]: "heap",
  [underPressure.TYPE_RSS_BYTES]: "resident memory",
};

/** Configuration of a route that answers under pressure too. */
export const answerUnderPressure = { pressureHandler: () => undefined } as const;
