import { STATUS_CODES } from "node:http";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";

/** Answers a request that no route takes. */
export function replyNotFound(_request: FastifyRequest, reply: FastifyReply): void {
  replyWithProblem(reply, 404);
}

/** Answers a request that failed: a client learns what it did wrong, and only the log what the service did. */
export function replyToError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) {
    replyWithProblem(reply, status, error.message);
  } else {
    request.log.error({ err: error }, "request failed");
    replyWithProblem(reply, status >= 500 && status < 600 ? status : 500);
  }
}

/** Answers with problem details, RFC 9457; `detail` is for the client, never the inside of a failure. */
function replyWithProblem(reply: FastifyReply, status: number, detail?: string): void {
  const title = STATUS_CODES[status] ?? "Error";
  reply
    .code(status)
    .type("application/problem+json")
    .send({ type: "about:blank", title, status, ...(detail === undefined ? {} : { detail }) });
}
