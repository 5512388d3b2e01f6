import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import type { FastifyInstance } from "fastify";
import { buildApp } from "./app";
import { type Environment, EnvironmentError, loadEnvironment } from "./environment";
import { openLogOutput } from "./log-output";
import { Readiness } from "./readiness";
import { findResponder, unplacedResponder } from "./responder";

const metadataTimeoutMilliseconds = 1000;

async function start(): Promise<void> {
  const environment = loadEnvironment(process.env);
  const readiness = new Readiness();
  let responder = unplacedResponder(readVersion(), hostname());
  const app = buildApp({
    responder: () => responder,
    readiness,
    logLevel: environment.logLevel,
    logStream: openLogOutput(),
    keepAliveMilliseconds: environment.keepAliveMilliseconds,
    pressure: environment,
    work: {
      maxMilliseconds: environment.workMaxMilliseconds,
      maxConcurrency: environment.workMaxConcurrency,
    },
  });
  // Node still prints the error and ends the process with its own exit code; this is for who reads the log.
  process.on("uncaughtExceptionMonitor", (error) => {
    app.log.fatal({ err: error }, "ending after an error that nothing handled");
  });
  endOnSignal(app, readiness, environment);
  await app.listen({ host: "0.0.0.0", port: environment.port });
  const found = await findResponder(responder, {
    uri: environment.metadataUri,
    file: environment.metadataFile,
    timeoutMilliseconds: metadataTimeoutMilliseconds,
  });
  for (const fault of found.faults) app.log.warn(fault);
  responder = found.responder;
  readiness.becomeReady();
  app.log.info({ state: readiness.state, responder }, "started");
}

/**
 * The first SIGTERM or SIGINT fails readiness, serves on for the drain time, so that the load balancer
 * notices, and then closes: the process ends with 0 as soon as the last request is answered.
 * A second signal or the deadline ends it at once with 1.
 */
function endOnSignal(app: FastifyInstance, readiness: Readiness, environment: Environment): void {
  const { drainMilliseconds, stopMilliseconds } = environment;
  const end = (signal: NodeJS.Signals): void => {
    if (readiness.state === "draining") {
      app.log.error({ signal }, "second signal, ending at once");
      process.exit(1);
    }
    readiness.startDraining();
    app.log.info({ signal, drainMilliseconds }, "draining");
    setTimeout(close, drainMilliseconds, app);
    // Not waited for, so that it alone does not keep the process.
    setTimeout(() => {
      app.log.error({ stopMilliseconds }, "deadline passed, ending with requests in flight");
      process.exit(1);
    }, stopMilliseconds).unref();
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
}

function close(app: FastifyInstance): void {
  app.log.info("closing");
  app.close().then(
    () => {
      app.log.info("closed");
    },
    (error: unknown) => {
      app.log.error({ err: error }, "closing failed");
      process.exit(1);
    },
  );
}

/** The version that package.json declares, which stands one level above both src and dist. */
function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8"));
  return (manifest as { readonly version: string }).version;
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvironmentError ? error.message : inspect(error)}\n`);
  process.exit(1);
});
