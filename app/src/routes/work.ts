import type { FastifyInstance } from "fastify";
import { ProblemError } from "../problem";
import { work, type Work } from "../work";

/** What `/work` may do to the service. */
export interface WorkLimits {
  /** Longest load; 0 switches the route off. */
  readonly maxMilliseconds: number;
  /** Loads at the same time; each one may delay all other requests by the length of one burst. */
  readonly maxConcurrency: number;
}

/** A load is over soon, and another one may have its place. */
const retryAfterSeconds = 1;

const defaultCpuPercent = 100;

/**
 * `/work?ms=…&cpu=…` takes so many milliseconds and keeps a processor busy for so many percent of them, to
 * see the service scale. It is abandoned when its client goes away.
 */
export function registerWork(app: FastifyInstance, limits: WorkLimits): void {
  const { maxMilliseconds, maxConcurrency } = limits;
  if (maxMilliseconds === 0) return;
  let atWork = 0;

  app.get("/work", async (request, reply) => {
    const load = readWork(request.query as Query, maxMilliseconds);
    if (atWork >= maxConcurrency) {
      throw new ProblemError(
        503,
        `${atWork} are at work, allowed are ${maxConcurrency}, ask again in ${retryAfterSeconds} s`,
        { "retry-after": String(retryAfterSeconds) },
      );
    }
    const abandoned = new AbortController();
    reply.raw.once("close", () => {
      abandoned.abort();
    });
    atWork += 1;
    const done = await work(load, abandoned.signal).finally(() => (atWork -= 1));
    if (abandoned.signal.aborted) {
      // Nobody is there to be answered.
      reply.hijack();
      return undefined;
    }
    return {
      milliseconds: Math.round(done.milliseconds),
      cpuMilliseconds: Math.round(done.busyMilliseconds),
    };
  });
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** @throws ProblemError with every parameter that is not allowed */
function readWork(query: Query, maxMilliseconds: number): Work {
  const faults = Object.keys(query)
    .filter((name) => name !== "ms" && name !== "cpu")
    .sort()
    .map(
      (name) =>
        `${JSON.stringify(name)} is not a parameter, allowed are ms and cpu, correct its name or remove it`,
    );
  const read = (name: string, minimum: number, maximum: number, fallback?: number): number => {
    const text = query[name];
    if (text === undefined && fallback !== undefined) return fallback;
    const value = typeof text === "string" && /^\d{1,6}$/.test(text) ? Number(text) : NaN;
    if (value >= minimum && value <= maximum) return value;
    const got = text === undefined ? "missing" : JSON.stringify(text);
    faults.push(`${name} is ${got}, allowed is a whole number from ${minimum} to ${maximum}`);
    return NaN;
  };
  const milliseconds = read("ms", 1, maxMilliseconds);
  const cpuPercent = read("cpu", 0, 100, defaultCpuPercent);
  if (faults.length > 0) throw new ProblemError(400, faults.join("; "));
  return { milliseconds, busyShare: cpuPercent / 100 };
}
