import { once } from "node:events";
import { connect, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type AppOptions, buildApp } from "../../app/src/app";
import { Readiness } from "../../app/src/readiness";
import type { Responder } from "../../app/src/responder";
import type { LogLine } from "./app-process";

export const aResponder: Responder = {
  version: "1.2.3",
  taskDefinition: "web:7",
  zone: "eu-central-1b",
  instance: "fedcba98",
  task: "01234567",
  host: "ip-10-0-1-2",
};

export type App = ReturnType<typeof buildApp>;

export interface AnApp {
  readonly app: App;
  readonly readiness: Readiness;
  /** Lines logged so far, in order. */
  readonly logged: readonly LogLine[];
}

/** An app that is ready, with `overrides`; whoever builds it closes it. */
export function anApp(overrides: Partial<AppOptions> = {}): AnApp {
  const readiness = new Readiness();
  readiness.becomeReady();
  const logged: LogLine[] = [];
  const app = buildApp({
    responder: () => aResponder,
    readiness,
    logLevel: "info",
    logStream: { write: (line) => logged.push(JSON.parse(line) as LogLine) },
    // Longer than a test may take: a connection that is left to its timeout fails the test.
    keepAliveMilliseconds: 72_000,
    ...overrides,
  });
  return { app, readiness, logged };
}

export async function listen(app: App): Promise<number> {
  await app.listen({ host: "127.0.0.1", port: 0 });
  return (app.server.address() as AddressInfo).port;
}

/** What a server answers to `bytes` until it ends the connection. */
export async function exchange(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(bytes);
  return text(socket);
}

/** Status line, headers by lower-case name, and body of one answer. */
export function parseAnswer(answer: string): {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
} {
  const [head = "", body = ""] = answer.split("\r\n\r\n", 2);
  const [statusLine = "", ...lines] = head.split("\r\n");
  return {
    status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]),
    headers: Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    ),
    body,
  };
}

/** Asks again until `found` is given; rejects when it is not in ten seconds. */
export async function until<T>(ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = performance.now() + 10_000;
  while (performance.now() < deadline) {
    const found = await ask();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("what was waited for did not come in ten seconds");
}
