import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { FastifyReply, FastifyRequest } from "fastify";
import helmet, { type HelmetOptions } from "helmet";
import { pageSecurityPolicy } from "./page";

type Headers = Readonly<Record<string, string>>;

/**
 * Headers that helmet sets with `options`. They are the same for every answer, so that it is asked once:
 * its plugin for Fastify asks it at each request, which took longer than all else that a request costs.
 */
function headersOf(options: HelmetOptions): Headers {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  helmet(options)(response.req, response, (error) => {
    if (error !== undefined) throw error as Error;
  });
  return Object.fromEntries(
    Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]),
  );
}

/** What a browser must know of an answer that is not a page: it is to run nothing and to guess nothing. */
const dataHeaders: Headers = {
  ...headersOf({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { "default-src": ["'none'"], "frame-ancestors": ["'none'"] },
    },
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: false,
    originAgentCluster: false,
    referrerPolicy: false,
    strictTransportSecurity: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xFrameOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  }),
  // An answer says who gives it now, and the next one may come from another task.
  "cache-control": "no-store",
};

/** Headers of the HTML page, beyond those of every answer. */
export const pageHeaders: Headers = headersOf({
  contentSecurityPolicy: { useDefaults: false, directives: pageSecurityPolicy },
  xFrameOptions: { action: "deny" },
  // Set on every answer below, where the client came by TLS.
  strictTransportSecurity: false,
  // Set on every answer above.
  xContentTypeOptions: false,
  // Only for plug-ins and browsers that are gone.
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
});

/**
 * For a year, as the preload list asks. Not for subdomains, which are not this service's to decide on.
 */
const transportHeader = headersOf({
  strictTransportSecurity: { maxAge: 365 * 24 * 60 * 60, includeSubDomains: false },
})["strict-transport-security"];

/** Sets what every answer has: security headers, and the ids that tie it to its request, its caller and the log. */
export function setCommonHeaders(request: FastifyRequest, reply: FastifyReply): void {
  const { headers } = request;
  reply.headers(dataHeaders);
  reply.header("x-request-id", request.id);
  for (const name of ["traceparent", "x-amzn-trace-id"] as const) {
    if (headers[name] !== undefined) reply.header(name, headers[name]);
  }
  // TLS ends at the load balancer, and an answer over plain HTTP must not have it, RFC 6797 section 7.2.
  // The load balancer overwrites what a client claims; who forges it without one deceives but himself.
  if (headers["x-forwarded-proto"] === "https") {
    reply.header("strict-transport-security", transportHeader);
  }
}
