import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** What the log says of the traces that a request belongs to. */
export interface Trace {
  /** Trace id of `traceparent`. */
  readonly traceId?: string;
  /** Id of the span that called: the service records no spans, so that it has none of its own. */
  readonly spanId?: string;
  /** `x-amzn-trace-id`, which an Application Load Balancer adds to every request. */
  readonly amznTraceId?: string;
}

// Unreserved characters of RFC 3986: an id goes into the log, a header and the instance of a problem.
const requestId = /^[\w.~-]{1,128}$/;

// https://www.w3.org/TR/trace-context/#traceparent-header-field-values: lower case, no id of zeros only, and
// a version above 00 may append what this one does not know.
const traceParent =
  /^(?!ff)(?<version>[0-9a-f]{2})-(?<trace>(?!0{32})[0-9a-f]{32})-(?<span>(?!0{16})[0-9a-f]{16})-[0-9a-f]{2}(?<more>-[\x21-\x7e]{0,200})?$/;

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html: fields of
// any name, among them the root, or the load balancer's own id where the client sent a root.
const amznTraceId = /^(?=.{1,512}$)(?=.*\b(?:Root|Self)=1-)\w+=[\w.:|-]+(?:;\w+=[\w.:|-]+)*;?$/;

/**
 * The id of a request: that of its `x-request-id` header where it is well formed, else a new one. As this is
 * the first that is done with a request, trace headers that are not well formed are dropped here, and
 * whoever reads them later may trust their form.
 */
export function identifyRequest(message: IncomingMessage): string {
  const { headers } = message;
  if (headers["traceparent"] !== undefined && parseTraceParent(headers) === undefined) {
    headers["traceparent"] = undefined;
  }
  const amzn = headers["x-amzn-trace-id"];
  if (amzn !== undefined && !amznTraceId.test(String(amzn))) headers["x-amzn-trace-id"] = undefined;
  const given = headers["x-request-id"];
  return typeof given === "string" && requestId.test(given) ? given : randomUUID();
}

/** What the log says of the trace headers of an identified request. */
export function readTrace(headers: IncomingHttpHeaders): Trace {
  const parent = headers["traceparent"] === undefined ? undefined : parseTraceParent(headers);
  const amzn = headers["x-amzn-trace-id"];
  return {
    ...parent,
    ...(typeof amzn === "string" ? { amznTraceId: amzn } : {}),
  };
}

function parseTraceParent(headers: IncomingHttpHeaders): Trace | undefined {
  const groups = traceParent.exec(String(headers["traceparent"]))?.groups;
  if (groups === undefined || (groups["version"] === "00" && groups["more"] !== undefined)) {
    return undefined;
  }
  const { trace, span } = groups as { readonly trace: string; readonly span: string };
  return { traceId: trace, spanId: span };
}
