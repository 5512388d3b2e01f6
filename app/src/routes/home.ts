import type { FastifyInstance } from "fastify";
import { prefersJson } from "../accept";
import { renderPage } from "../page";
import type { Responder } from "../responder";
import { pageHeaders } from "../response-headers";

/** `/` says who answered, as a page or, where the Accept header prefers it, as JSON. */
export function registerHome(app: FastifyInstance, responder: () => Responder): void {
  app.get("/", (request, reply) => {
    reply.header("vary", "accept");
    if (prefersJson(request.headers.accept)) return reply.send(responder());
    return reply
      .type("text/html; charset=utf-8")
      .headers(pageHeaders)
      .send(renderPage(responder()));
  });
}
