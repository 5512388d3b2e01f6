import { STATUS_CODES } from "node:http";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { pathOf } from "./path-of";

/** Media type of problem details. */
export const problemType = "application/problem+json; charset=utf-8";

/** An answer that refuses a request on purpose: its message is for the client, and it is no failure. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(
    readonly statusCode: number,
    detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }
}

/** Answers a request that failed: a client learns what it did wrong, and only the log what the service did. */
export function replyToError(
  error: FastifyError | ProblemError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (error instanceof ProblemError) {
    reply.headers(error.headers);
    replyWithProblem(request, reply, error.statusCode, error.message);
    return;
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) {
    replyWithProblem(request, reply, status, error.message);
    return;
  }
  request.log.error({ err: error }, "request failed");
  replyWithProblem(
    request,
    reply,
    status >= 500 && status < 600 ? status : 500,
    "the reason is in the log of the service, under the id at the end of instance",
  );
}

/** Answers with problem details; `detail` is for the client, never the inside of a failure. */
export function replyWithProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  detail: string,
): void {
  reply
    .code(status)
    .type(problemType)
    .send(renderProblem(status, detail, pathOf(request.url), request.id));
}

// A path of which an honest client has no need would only make the answer long.
const maxInstancePathLength = 1024;

/**
 * Problem details, RFC 9457, as JSON. Instance is the path without its query, which may hold secrets, and
 * after a # the request id, under which the log has the request.
 */
export function renderProblem(status: number, detail: string, path: string, id: string): string {
  const shownPath = path.length > maxInstancePathLength ? "" : path;
  return JSON.stringify({
    type: "about:blank",
    title: STATUS_CODES[status] ?? "Error",
    status,
    detail,
    instance: `${shownPath.replace(notInUri, encodeURIComponent)}#${id}`,
  });
}

/** Characters that a path may not have in a URI, RFC 3986, though Node's parser lets them pass. */
const notInUri = /%(?![0-9a-f]{2})|[^\x21-\x7e]|["#<>\\^`{|}[\]]/gi;
