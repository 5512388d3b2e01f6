/** A listener that the outside reaches the service by. */
export interface ListenerRole {
  readonly role: "http" | "https";
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
}

export const HTTP: ListenerRole = { role: "http", port: 80, protocol: "HTTP" };
export const HTTPS: ListenerRole = { role: "https", port: 443, protocol: "HTTPS" };

/** The listeners of a service: HTTP alone, or with TLS both, where HTTP only redirects. */
export function listenersOf(tls: object | undefined): readonly ListenerRole[] {
  return tls === undefined ? [HTTP] : [HTTP, HTTPS];
}

/** Address of the service, by its own host name where it has one. */
export function buildServiceUrl(tls: object | undefined, host: string): string {
  return `${tls === undefined ? "http" : "https"}://${host}`;
}
