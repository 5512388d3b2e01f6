import {
  type FastifyBaseLogger,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import type { IncomingMessage } from "node:http";
import { pathOf } from "./path-of";
import type { RequestMetrics } from "./request-metrics";
import { readTrace } from "./trace";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Statuses with which answers of the route are logged at debug: those that say nothing new. */
    readonly quietStatuses?: readonly number[];
  }
}

/** Status in log and metrics of a request whose client went away before it was answered; nginx's convention. */
const clientClosedRequest = 499;

/** What Fastify's own type leaves out of the logger that it makes. */
type PinoLogger = FastifyBaseLogger & { isLevelEnabled(level: string): boolean };

/** Leaves the line a request to observeRequest, which unlike Fastify writes it also where the client went away. */
export class RequestLog extends LogController {
  override incomingRequest(): void {
    // The line at the end says the same and more.
  }

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest): void {
    if (error !== null && error !== undefined) {
      request.log.warn({ err: error }, "answer broke off");
    }
  }
}

/**
 * Counts a request and logs one line when it is over, without what may be secret: no query string, header
 * or body. To be called once a request, before it is answered.
 */
export function observeRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  metrics: RequestMetrics,
): void {
  metrics.begin();
  // Fastify's onResponse hook does not run where the client went away, so that requests would stay in flight.
  reply.raw.once("close", () => {
    const { config, url: route } = request.routeOptions;
    const status = reply.raw.writableEnded ? reply.statusCode : clientClosedRequest;
    const milliseconds = reply.elapsedTime;
    metrics.end({ method: request.method, route, status, seconds: milliseconds / 1000 });
    const level = config.quietStatuses?.includes(status) === true ? "debug" : "info";
    // Most requests of an idle service are probes, for which no line need be made.
    if (!(request.log as PinoLogger).isLevelEnabled(level)) return;
    const { method, path } = describeRequest(request);
    request.log[level](
      { method, path, status, milliseconds: Math.round(milliseconds * 1000) / 1000 },
      status === clientClosedRequest ? "client went away" : "answered",
    );
  });
}

/** The logger of one request, whose lines all have its id and its traces. */
export function bindRequest(
  logger: FastifyBaseLogger,
  bindings: Readonly<Record<string, unknown>>,
  message: IncomingMessage,
): FastifyBaseLogger {
  return logger.child({ ...bindings, ...readTrace(message.headers) });
}

/** What the log may say of a request. */
export function describeRequest(request: Pick<FastifyRequest, "method" | "url">): {
  readonly method: string;
  readonly path: string;
} {
  return { method: request.method, path: pathOf(request.url) };
}
