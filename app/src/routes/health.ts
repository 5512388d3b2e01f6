import type { FastifyInstance } from "fastify";
import { answerUnderPressure } from "../pressure";
import type { Readiness } from "../readiness";

/**
 * `/healthz` says that the process answers; who asks may restart it when it does not.
 * `/readyz` says whether to send requests here; who asks looks elsewhere when it fails.
 * Neither touches a dependency, and what they regularly answer is logged at debug only: the changes of
 * readiness have lines of their own.
 */
export function registerHealth(app: FastifyInstance, readiness: Readiness): void {
  app.get(
    "/healthz",
    { config: { quietStatuses: [200], ...answerUnderPressure } },
    (_request, reply) => reply.send({ status: "ok" }),
  );
  app.get(
    "/readyz",
    { config: { quietStatuses: [200, 503], ...answerUnderPressure } },
    (_request, reply) =>
      reply.code(readiness.state === "ready" ? 200 : 503).send({ status: readiness.state }),
  );
}
