import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pino } from "pino";
import { prefersJson } from "../../app/src/accept";
import { exceededLimit } from "../../app/src/limits";
import { openLogOutput } from "../../app/src/log-output";
import { renderPage } from "../../app/src/page";
import { RequestMetrics } from "../../app/src/request-metrics";
import type { Responder } from "../../app/src/responder";
import { identifyRequest, readTrace } from "../../app/src/trace";

// What the benchmark tells every peer; see servers.ts.
const body = JSON.parse(process.env["BENCH_BODY"] ?? "") as Responder;
const headers = JSON.parse(process.env["BENCH_HEADERS"] ?? "") as Readonly<Record<string, string>>;

const metrics = new RequestMetrics();
const log = pino(
  {
    level: process.env["BENCH_LOG"] === "true" ? "info" : "warn",
    base: { version: body.version },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (level) => ({ level }) },
  },
  openLogOutput(),
);

/** Who answers a path: what the service does there, in the service's own functions. */
const routes: Readonly<Record<string, (request: IncomingMessage, response: Answer) => void>> = {
  "/": (request, response) => {
    if (prefersJson(request.headers.accept)) response.json(200, body);
    else response.text("text/html; charset=utf-8", renderPage(body));
  },
  "/healthz": (_request, response) => {
    response.json(200, { status: "ok" });
  },
  "/readyz": (_request, response) => {
    response.json(200, { status: "ready" });
  },
  "/metrics": (_request, response) => {
    response.text("text/plain; version=0.0.4", metrics.render());
  },
};

class Answer {
  constructor(
    private readonly response: ServerResponse,
    private readonly requestId: string,
  ) {}

  json(status: number, value: unknown): void {
    this.#end(status, "application/json; charset=utf-8", JSON.stringify(value));
  }

  text(type: string, text: string): void {
    this.#end(200, type, text);
  }

  #end(status: number, type: string, text: string): void {
    this.response.writeHead(status, {
      ...headers,
      "x-request-id": this.requestId,
      "content-type": type,
      "content-length": Buffer.byteLength(text),
    });
    this.response.end(text);
  }
}

/** The service without its framework, as somebody would write it on node:http from the same functions. */
const server = createServer((request, response) => {
  const began = performance.now();
  const requestId = identifyRequest(request);
  const requestLog = log.child({ reqId: requestId, ...readTrace(request.headers) });
  const [path = ""] = (request.url ?? "").split("?", 1);
  const route = request.method === "GET" ? routes[path] : undefined;
  metrics.begin();
  response.once("close", () => {
    const milliseconds = performance.now() - began;
    const { method = "" } = request;
    const { statusCode: status } = response;
    metrics.end({
      method,
      route: route === undefined ? undefined : path,
      status,
      seconds: milliseconds / 1000,
    });
    const rounded = Math.round(milliseconds * 1000) / 1000;
    requestLog.info({ method, path, status, milliseconds: rounded }, "answered");
  });
  const answer = new Answer(response, requestId);
  const fault = exceededLimit(request);
  if (fault !== undefined) answer.json(fault.statusCode, { detail: fault.message });
  else if (route === undefined) answer.json(404, { title: "Not Found", status: 404 });
  else route(request, answer);
});

server.listen(Number(process.env["PORT"]), "127.0.0.1");
