import { randomUUID } from "node:crypto";
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyBaseLogger } from "fastify";
import { maxHeadBytes } from "./limits";
import { problemType, renderProblem } from "./problem";

/** What Node's HTTP server says of a connection on which no request could be read. */
export interface ConnectionFault extends Error {
  readonly code?: string;
  /** What the parser did not like. */
  readonly reason?: string;
}

interface HttpConnection extends Duplex {
  /** The answer under way, as Node's own handler of such faults reads it. */
  readonly _httpMessage?: ServerResponse | null;
}

/**
 * Time for a client to read the refusal before its connection ends. Ended at once with bytes of the client
 * unread, the connection would be reset, and the refusal lost with it.
 */
const lingerMilliseconds = 1000;

/** Answers what is not a request, and ends its connection; see `clientError` of Node's HTTP server. */
export function replyToClientError(
  fault: ConnectionFault,
  connection: HttpConnection,
  log: FastifyBaseLogger,
): void {
  if (fault.code === "ECONNRESET" || !connection.writable) return;
  // Anything more would become part of the answer whose head has left.
  if (connection._httpMessage?.headersSent === true) {
    connection.destroy();
    return;
  }
  const [status, detail] = refusalOf(fault);
  refuse(connection, status, detail, log);
}

function refusalOf({ code, reason, message }: ConnectionFault): readonly [number, string] {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return [408, "the request did not arrive in time, send it faster"];
  }
  if (code === "HPE_HEADER_OVERFLOW") {
    return [431, `request line and headers may have ${maxHeadBytes} bytes, send less`];
  }
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") {
    return [413, "the chunk extensions are too large, send none"];
  }
  return [400, `the request is not valid HTTP: ${reason ?? message}`];
}

/** Answers a CONNECT request, whose connection Node would end without a word. */
export function refuseTunnel(connection: Duplex, log: FastifyBaseLogger): void {
  // A client that is gone has nothing to be told.
  connection.on("error", () => connection.destroy());
  refuse(connection, 501, "this service is no proxy, ask it for a path", log);
}

/** Answers a request that expects what this service cannot do, which Node would answer without details. */
export function refuseExpectation(
  message: IncomingMessage,
  response: ServerResponse,
  log: FastifyBaseLogger,
): void {
  const expectation = JSON.stringify(message.headers.expect);
  const detail = `the expectation is ${expectation}, allowed is "100-continue", remove it`;
  const { headers, body } = buildRefusal(417, detail, log, "unknown expectation");
  response.writeHead(417, headers).end(body);
}

function refuse(connection: Duplex, status: number, detail: string, log: FastifyBaseLogger): void {
  const { headers, body } = buildRefusal(status, detail, log);
  connection.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Error"}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      "",
      body,
    ].join("\r\n"),
  );
  connection.resume();
  const linger = setTimeout(() => connection.destroy(), lingerMilliseconds);
  connection.once("close", () => {
    clearTimeout(linger);
  });
}

function buildRefusal(
  status: number,
  detail: string,
  log: FastifyBaseLogger,
  /** What the log says, where the detail repeats what a client sent. */
  reason = detail,
): { readonly headers: Readonly<Record<string, string | number>>; readonly body: string } {
  const id = randomUUID();
  const body = renderProblem(status, detail, "", id);
  log.info({ reqId: id, status, reason }, "refused before it was a request");
  return {
    headers: {
      connection: "close",
      "content-type": problemType,
      "content-length": Buffer.byteLength(body),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": id,
    },
    body,
  };
}
