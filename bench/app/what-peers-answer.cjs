const pino = require("pino");
const { performance } = require("node:perf_hooks");

/** The body of `/`, turned into JSON at each request as the service does. */
const body = JSON.parse(process.env["BENCH_BODY"]);

/** A logger set up as the service's, or undefined where no request is logged. */
const log =
  process.env["BENCH_LOG"] === "true"
    ? pino({
        base: { version: body.version },
        timestamp: () => `,"time":"${new Date().toISOString()}"`,
        formatters: { level: (level) => ({ level }) },
      })
    : undefined;

/** Logs a request when its answer is handed over to the system, as the service does. */
function logAnswer(request, response, path) {
  if (log === undefined) return;
  const began = performance.now();
  response.on("finish", () => {
    const milliseconds = Math.round((performance.now() - began) * 1000) / 1000;
    const line = { method: request.method, path, status: response.statusCode, milliseconds };
    log.info(line, "answered");
  });
}

/** What the benchmark tells a peer: where to listen, and what the service answers. */
module.exports = {
  body,
  headers: JSON.parse(process.env["BENCH_HEADERS"]),
  host: "127.0.0.1",
  logAnswer,
  port: Number(process.env["PORT"]),
};
