import { fastify, type FastifyInstance } from "fastify";
import { endConnectionsPolitely } from "./connections";
import type { LogLevel } from "./environment";
import { replyNotFound, replyToError } from "./problem";
import type { Readiness } from "./readiness";
import { describeRequest, RequestLog } from "./request-log";
import type { Responder } from "./responder";
import { registerHealth } from "./routes/health";
import { registerHome } from "./routes/home";

export interface AppOptions {
  /** Who answers; asked at each request, since the answer is found while the service already listens. */
  readonly responder: () => Responder;
  readonly readiness: Readiness;
  readonly logLevel: LogLevel;
  /** Where log lines go. @default - standard output */
  readonly logStream?: { write(line: string): void };
  /** Time that an idle connection is kept open; above the load balancer's idle timeout. */
  readonly keepAliveMilliseconds: number;
}

/** Builds the service: no port is opened and nothing of the process is touched. */
export function buildApp(options: AppOptions): FastifyInstance {
  const app = fastify({
    logger: {
      level: options.logLevel,
      base: { version: options.responder().version },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
      serializers: { req: describeRequest },
      ...(options.logStream === undefined ? {} : { stream: options.logStream }),
    },
    logController: new RequestLog(),
    keepAliveTimeout: options.keepAliveMilliseconds,
    // A request that comes last on a kept connection must not be timed out by the wait before it.
    http: { headersTimeout: options.keepAliveMilliseconds + 1000 },
    forceCloseConnections: "idle",
    // A request that was let in is answered, also while closing.
    return503OnClosing: false,
    frameworkErrors: replyToError,
  });
  app.addHook("onRequest", (_request, reply, done) => {
    reply.header("cache-control", "no-store");
    reply.header("x-content-type-options", "nosniff");
    done();
  });
  endConnectionsPolitely(app, options.readiness);
  app.setNotFoundHandler(replyNotFound);
  app.setErrorHandler(replyToError);
  registerHome(app, options.responder);
  registerHealth(app, options.readiness);
  return app;
}
