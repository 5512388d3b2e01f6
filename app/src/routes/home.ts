import type { FastifyInstance } from "fastify";
import { prefersJson } from "../accept";
import { pageSecurityPolicy, renderPage } from "../page";
import type { Responder } from "../responder";

const known = { type: "string" };
const perhapsKnown = { type: "string", nullable: true };

const responderSchema = {
  type: "object",
  required: ["version", "taskDefinition", "zone", "instance", "task", "host"],
  properties: {
    version: known,
    taskDefinition: perhapsKnown,
    zone: perhapsKnown,
    instance: perhapsKnown,
    task: perhapsKnown,
    host: known,
  },
};

/** `/` says who answered, as a page or, where the Accept header prefers it, as JSON. */
export function registerHome(app: FastifyInstance, responder: () => Responder): void {
  app.get(
    "/",
    {
      schema: {
        response: {
          200: {
            content: {
              "application/json": { schema: responderSchema },
              "text/html": { schema: { type: "string" } },
            },
          },
        },
      },
    },
    (request, reply) => {
      reply.header("vary", "accept");
      if (prefersJson(request.headers.accept)) {
        return reply.type("application/json").send(responder());
      }
      return reply
        .type("text/html; charset=utf-8")
        .header("content-security-policy", pageSecurityPolicy)
        .send(renderPage(responder()));
    },
  );
}
