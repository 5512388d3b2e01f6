import type { FastifyInstance } from "fastify";
import type { Readiness } from "../readiness";

const status = (...values: readonly string[]) => ({
  type: "object",
  required: ["status"],
  properties: { status: { type: "string", enum: values } },
});

/**
 * `/healthz` says that the process answers; who asks may restart it when it does not.
 * `/readyz` says whether to send requests here; who asks looks elsewhere when it fails.
 * Neither touches a dependency, and neither is logged.
 */
export function registerHealth(app: FastifyInstance, readiness: Readiness): void {
  app.get(
    "/healthz",
    { logLevel: "warn", schema: { response: { 200: status("ok") } } },
    (_request, reply) => reply.send({ status: "ok" }),
  );
  app.get(
    "/readyz",
    {
      logLevel: "warn",
      schema: { response: { 200: status("ready"), 503: status("starting", "draining") } },
    },
    (_request, reply) =>
      reply.code(readiness.state === "ready" ? 200 : 503).send({ status: readiness.state }),
  );
}
