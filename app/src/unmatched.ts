import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { pathOf } from "./path-of";
import { replyWithProblem } from "./problem";

/**
 * Answers requests that no route takes: 405 with the allowed methods where the path has a route for
 * another method, RFC 9110 section 15.5.6, and 404 otherwise. They are answered before their body is
 * read, so that nobody can make the service parse what it has no use for.
 *
 * To be called before routes are registered, since it learns their methods as they are.
 */
export function answerUnmatched(app: FastifyInstance): void {
  const methodsOf = new Map<string, Set<string>>();
  app.addHook("onRoute", ({ url, method }) => {
    const known = methodsOf.get(url) ?? new Set();
    methodsOf.set(url, known);
    for (const name of [method].flat()) known.add(name);
  });

  const answer = (request: FastifyRequest, reply: FastifyReply): void => {
    const known = methodsOf.get(pathOf(request.url));
    // A route may also say of a request that it could take that there is nothing.
    if (known === undefined || known.has(request.method)) {
      replyWithProblem(request, reply, 404, "there is nothing at this path");
      return;
    }
    const methods = [...known].sort().join(", ");
    reply.header("allow", methods);
    replyWithProblem(
      request,
      reply,
      405,
      `the method is ${request.method}, allowed are ${methods}, use one of them`,
    );
  };
  app.addHook("onRequest", (request, reply, done) => {
    if (request.is404) answer(request, reply);
    else done();
  });
  app.setNotFoundHandler(answer);
}
