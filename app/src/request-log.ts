import { LogController, type FastifyReply, type FastifyRequest } from "fastify";

/** One line a request, when it is answered, without what may be secret: no query string, header or body. */
export class RequestLog extends LogController {
  override incomingRequest(): void {
    // The line at the end says the same and more.
  }

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const line = {
      ...describeRequest(request),
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime * 1000) / 1000,
    };
    if (error === null || error === undefined) request.log.info(line, "answered");
    else request.log.warn({ ...line, err: error }, "answer broke off");
  }
}

/** What the log may say of a request. */
export function describeRequest(request: Pick<FastifyRequest, "method" | "url">): {
  readonly method: string;
  readonly path: string;
} {
  const [path = ""] = request.url.split("?", 1);
  return { method: request.method, path };
}
