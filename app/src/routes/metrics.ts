import type { FastifyInstance } from "fastify";
import { answerUnderPressure } from "../pressure";
import { renderProcessMetrics } from "../process-metrics";
import type { RequestMetrics } from "../request-metrics";

/** https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
const contentType = "text/plain; version=0.0.4; charset=utf-8";

/**
 * `/metrics` has the numbers of this one process for Prometheus, and is only for who asks the task itself:
 * through a load balancer nobody knows whose numbers they are, and there they would be public. Every
 * Application Load Balancer adds x-forwarded-for unless it is told to remove it.
 */
export function registerMetrics(app: FastifyInstance, requests: RequestMetrics): void {
  app.get(
    "/metrics",
    { config: { quietStatuses: [200], ...answerUnderPressure } },
    async (request, reply) => {
      if (request.headers["x-forwarded-for"] !== undefined) {
        reply.callNotFound();
        return reply;
      }
      return reply.type(contentType).send(`${requests.render()}\n${await renderProcessMetrics()}`);
    },
  );
}
