import type { IncomingMessage, ServerResponse } from "node:http";
import { fastify, type FastifyInstance } from "fastify";
import { refuseExpectation, refuseTunnel, replyToClientError } from "./client-error";
import { endConnectionsPolitely } from "./connections";
import type { LogLevel } from "./environment";
import {
  exceededLimit,
  maxBodyBytes,
  maxHeadBytes,
  maxHeaderCount,
  maxParameterLength,
  requestTimeouts,
} from "./limits";
import { guardAgainstPressure, type PressureLimits } from "./pressure";
import { replyToError } from "./problem";
import type { Readiness } from "./readiness";
import { bindRequest, describeRequest, observeRequest, RequestLog } from "./request-log";
import { RequestMetrics } from "./request-metrics";
import type { Responder } from "./responder";
import { setCommonHeaders } from "./response-headers";
import { registerHealth } from "./routes/health";
import { registerHome } from "./routes/home";
import { registerMetrics } from "./routes/metrics";
import { registerWork, type WorkLimits } from "./routes/work";
import { identifyRequest } from "./trace";
import { answerUnmatched } from "./unmatched";

export interface AppOptions {
  /** Who answers; asked at each request, since the answer is found while the service already listens. */
  readonly responder: () => Responder;
  readonly readiness: Readiness;
  readonly logLevel: LogLevel;
  /** Where log lines go. @default - standard output */
  readonly logStream?: { write(line: string): void };
  /** Time that an idle connection is kept open; above the load balancer's idle timeout. */
  readonly keepAliveMilliseconds: number;
  /** When requests are refused. @default - never */
  readonly pressure?: PressureLimits;
  /** What `/work` may do. @default - there is no `/work` */
  readonly work?: WorkLimits;
}

/** Builds the service: no port is opened and nothing of the process is touched. */
export function buildApp(options: AppOptions): FastifyInstance {
  const { keepAliveMilliseconds, logStream, pressure, readiness, responder, work } = options;
  const timeouts = requestTimeouts(keepAliveMilliseconds);
  const requests = new RequestMetrics();
  const app = fastify({
    logger: {
      level: options.logLevel,
      base: { version: responder().version },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
      serializers: { req: describeRequest },
      ...(logStream === undefined ? {} : { stream: logStream }),
    },
    logController: new RequestLog(),
    genReqId: identifyRequest,
    childLoggerFactory: (logger, bindings, _options, message) =>
      bindRequest(logger, bindings, message),
    keepAliveTimeout: keepAliveMilliseconds,
    requestTimeout: timeouts.requestTimeout,
    http: { ...timeouts, maxHeaderSize: maxHeadBytes, requireHostHeader: false },
    bodyLimit: maxBodyBytes,
    routerOptions: { maxParamLength: maxParameterLength },
    forceCloseConnections: "idle",
    // A request that was let in is answered, also while closing.
    return503OnClosing: false,
    schemaController: { compilersFactory: withoutSchemas },
    clientErrorHandler: (error, socket) => {
      replyToClientError(error, socket, app.log);
    },
    frameworkErrors: (error, request, reply) => {
      // No hook runs for what does not reach the router.
      observeRequest(request, reply, requests);
      setCommonHeaders(request, reply);
      replyToError(error, request, reply);
    },
  });
  // One more than allowed, so that surplus headers are seen before Node cuts them off.
  app.server.maxHeadersCount = maxHeaderCount + 1;
  app.server.on("connect", (_request, socket) => {
    refuseTunnel(socket, app.log);
  });
  app.server.on("checkExpectation", (message: IncomingMessage, response: ServerResponse) => {
    refuseExpectation(message, response, app.log);
  });

  app.addHook("onRequest", (request, reply, done) => {
    observeRequest(request, reply, requests);
    setCommonHeaders(request, reply);
    done(exceededLimit(request.raw));
  });
  app.setErrorHandler(replyToError);
  endConnectionsPolitely(app, readiness);
  answerUnmatched(app);
  if (pressure !== undefined) guardAgainstPressure(app, pressure);
  registerHome(app, responder);
  registerHealth(app, readiness);
  registerMetrics(app, requests);
  if (work !== undefined) registerWork(app, work);
  return app;
}

const unexpectedSchema = (): never => {
  throw new Error("schemas are switched off, remove withoutSchemas from app.ts to use them");
};

/**
 * No route here has a schema, and Fastify loads its compilers of schemas also where there is none, which is a
 * good part of the time from the start of a task to its readiness.
 */
const withoutSchemas = { buildValidator: unexpectedSchema, buildSerializer: unexpectedSchema };
