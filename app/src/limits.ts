import type { IncomingMessage } from "node:http";
import { ProblemError } from "./problem";

/**
 * Bytes of a request line with its headers, above which Node's parser answers 431. It is what the load
 * balancer allows for the request line and for one header, so that no single one of them is the way around.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export const maxHeadBytes = 16 * 1024;

/** Headers of a request; a browser behind a load balancer sends some thirty, and each one costs time. */
export const maxHeaderCount = 100;

/** Characters of path and query; what is longer is a body that lost its way. */
export const maxUrlLength = 4096;

/** Characters of one path parameter, which the router matches with a pattern. */
export const maxParameterLength = 100;

/** Bytes of a body. No route takes one yet: one that does allows more for itself where it must. */
export const maxBodyBytes = 16 * 1024;

/** What the headers may take beyond the keep-alive time; see requestTimeouts. */
const headersGraceMilliseconds = 1000;

/** What the body may take after the headers: maxBodyBytes at the speed of a bad mobile connection. */
const bodyGraceMilliseconds = 10_000;

/** Time between two looks for requests that take too long, which is how late the timeouts may strike. */
const checkMilliseconds = 1000;

/**
 * Timeouts against clients that send slowly to keep connections busy, by the keep-alive time: headers may
 * take longer than it, so that a request which comes last on a kept connection is never timed out by the
 * wait before it, and a whole request longer still, which Node demands.
 */
export function requestTimeouts(keepAliveMilliseconds: number): {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly connectionsCheckingInterval: number;
} {
  const headersTimeout = keepAliveMilliseconds + headersGraceMilliseconds;
  return {
    headersTimeout,
    requestTimeout: headersTimeout + bodyGraceMilliseconds,
    connectionsCheckingInterval: checkMilliseconds,
  };
}

/**
 * The first limit that a request exceeds, among those that Node's parser does not enforce by itself, or
 * undefined. Node cuts off surplus headers without a word, which would hide them from whoever relies on them.
 */
export function exceededLimit(message: IncomingMessage): ProblemError | undefined {
  const { headers, rawHeaders, url = "" } = message;
  if (url.length > maxUrlLength) {
    return new ProblemError(
      414,
      `the address has ${url.length} characters, allowed are ${maxUrlLength}, shorten it`,
    );
  }
  if (rawHeaders.length > 2 * maxHeaderCount) {
    return new ProblemError(431, `allowed are ${maxHeaderCount} headers, send fewer`, closing);
  }
  // Node answers this itself without problem details, so that its check is switched off.
  if (headers.host === undefined && message.httpVersion === "1.1") {
    return new ProblemError(400, "host is missing, which HTTP/1.1 demands, send it", closing);
  }
  const length = headers["content-length"];
  if (length !== undefined && Number(length) > maxBodyBytes) {
    return new ProblemError(
      413,
      `the body has ${length} bytes, allowed are ${maxBodyBytes}, send less`,
      closing,
    );
  }
  return undefined;
}

// What follows on such a connection is not worth reading.
const closing = { connection: "close" };
