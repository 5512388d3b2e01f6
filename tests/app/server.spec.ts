import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { AppProcess } from "./app-process";
import packageJson from "../../app/package.json";

const task = {
  TaskARN: "arn:aws:ecs:eu-central-1:111122223333:task/web/0123456789abcdef",
  Family: "web",
  Revision: "7",
  AvailabilityZone: "eu-central-1b",
};

describe("server", () => {
  const processes: AppProcess[] = [];
  const servers: Server[] = [];

  const start = (environment: Record<string, string> = {}): AppProcess => {
    const server = new AppProcess("server.ts", { PORT: "0", ...environment });
    processes.push(server);
    return server;
  };
  afterEach(async () => {
    for (const started of processes) started.signal("SIGKILL");
    await Promise.all(processes.splice(0).map((started) => started.exit));
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  const readState = async (port: number): Promise<readonly unknown[]> => {
    const [alive, ready] = await Promise.all(
      ["healthz", "readyz"].map((path) => fetch(`http://127.0.0.1:${port}/${path}`)),
    );
    return [alive?.status, ready?.status, await ready?.text()];
  };
  /** A connection whose request is on its way but not complete. */
  const beginRequest = async (port: number): Promise<Socket> => {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    await new Promise((resolve) => socket.write("GET / HTTP/1.1\r\nHost: app\r\n", resolve));
    return socket;
  };

  it("is alive but not ready until it knows where it runs", async () => {
    let answer = (): unknown => assert.fail("the endpoint is not asked");
    const metadata = createServer((_request, response) => {
      answer = () => response.end(JSON.stringify(task));
      metadata.emit("asked");
    });
    servers.push(metadata);
    await once(metadata.listen(0, "127.0.0.1"), "listening");
    const { port: metadataPort } = metadata.address() as AddressInfo;
    const asked = once(metadata, "asked");

    const server = start({
      ECS_CONTAINER_METADATA_URI_V4: `http://127.0.0.1:${metadataPort}/v4/1`,
    });
    const port = await server.port();
    await asked;
    const before = await readState(port);
    answer();
    const started = await server.line("started");
    const after = await readState(port);
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      headers: { accept: "application/json" },
    });

    const responder = {
      version: packageJson.version,
      taskDefinition: "web:7",
      zone: "eu-central-1b",
      instance: null,
      task: "0123456789abcdef",
      host: hostname(),
    };
    assert.deepEqual(before, [200, 503, '{"status":"starting"}']);
    assert.deepEqual(after, [200, 200, '{"status":"ready"}']);
    assert.deepEqual(await response.json(), responder);
    assert.deepEqual([started["state"], started["responder"]], ["ready", responder]);
  });

  it("on SIGTERM fails readiness and serves on, and ends at once with 1 on a second signal", async () => {
    const server = start({ APP_DRAIN_MILLISECONDS: "100000", APP_STOP_MILLISECONDS: "120000" });
    await server.line("started");
    const port = await server.port();

    server.signal("SIGTERM");
    const draining = await server.line("draining");
    const state = await readState(port);
    const served = await fetch(`http://127.0.0.1:${port}/`);
    await server.line("answered");
    server.signal("SIGTERM");

    assert.deepEqual([draining["signal"], draining["drainMilliseconds"]], ["SIGTERM", 100_000]);
    assert.deepEqual(state, [200, 503, '{"status":"draining"}']);
    assert.deepEqual([served.status, served.headers.get("connection")], [200, "close"]);
    assert.equal(await server.exit, 1);
    assert.equal(server.messages.at(-1), "second signal, ending at once");
    assert.ok(!server.messages.includes("closing"));
  });

  it("after the drain time finishes what is in flight and ends with 0", async () => {
    const server = start({ APP_DRAIN_MILLISECONDS: "200" });
    await server.line("started");
    const inFlight = await beginRequest(await server.port());
    const answer = text(inFlight);

    server.signal("SIGTERM");
    const draining = await server.line("draining");
    const closing = await server.line("closing");
    inFlight.write("\r\n");
    const received = await answer;

    const drained = Date.parse(String(closing["time"])) - Date.parse(String(draining["time"]));
    // Node's timers count whole milliseconds from the start of a turn, so one may be missing.
    assert.ok(drained >= 199, `drained for ${drained} ms`);
    assert.match(received, /^HTTP\/1\.1 200 OK\r\n/);
    assert.match(received, /\r\nconnection: close\r\n/i);
    assert.equal(await server.exit, 0);
    assert.deepEqual(server.messages.slice(-4), ["draining", "closing", "answered", "closed"]);
    assert.equal(server.errors, "");
  });

  it("does the work that it accepted while draining, and has its settings from the environment", async () => {
    const server = start({
      APP_DRAIN_MILLISECONDS: "200",
      APP_STOP_MILLISECONDS: "15000",
      APP_WORK_MAX_MILLISECONDS: "500",
      APP_WORK_MAX_CONCURRENCY: "1",
    });
    await server.line("started");
    const address = `http://127.0.0.1:${await server.port()}/work`;

    server.signal("SIGTERM");
    await server.line("draining");
    const [working, refused] = await Promise.all([
      fetch(`${address}?ms=500&cpu=0`),
      fetch(`${address}?ms=501`),
    ]);

    assert.deepEqual([working.status, refused.status], [200, 400]);
    assert.match(await refused.text(), /allowed is a whole number from 1 to 500/);
    assert.equal(await server.exit, 0);
    assert.deepEqual(server.messages.slice(-3), ["closing", "answered", "closed"]);
  });

  it("logs an error that nothing handles, and ends with it as Node does", async () => {
    const folder = await mkdtemp(join(tmpdir(), "server-"));
    const broken = join(folder, "broken.cjs");
    await writeFile(broken, 'process.on("SIGUSR2", () => { throw new Error("broken"); });');
    const server = start({ NODE_OPTIONS: `--require ${broken}` });
    await server.line("started");

    server.signal("SIGUSR2");
    const line = await server.line("ending after an error that nothing handled");
    const exit = await server.exit;
    await rm(folder, { recursive: true });

    assert.equal(line["level"], "fatal");
    assert.equal((line["err"] as Error).message, "broken");
    assert.equal(exit, 1);
    assert.match(server.errors, /Error: broken/);
  });

  it("on SIGINT ends as well, and does not wait for connections without a request", async () => {
    const server = start({ APP_DRAIN_MILLISECONDS: "0", APP_STOP_MILLISECONDS: "15000" });
    await server.line("started");
    const port = await server.port();
    const silent = connect(port, "127.0.0.1");
    await once(silent, "connect");
    // Accepted in order: once a later connection is answered, the silent one is known to the server.
    await readState(port);

    server.signal("SIGINT");

    assert.equal(await server.exit, 0);
    assert.deepEqual(server.messages.slice(-3), ["draining", "closing", "closed"]);
    silent.destroy();
  });

  it("ends with 1 at the deadline when a request does not finish", async () => {
    const server = start({ APP_DRAIN_MILLISECONDS: "0", APP_STOP_MILLISECONDS: "200" });
    await server.line("started");
    const inFlight = await beginRequest(await server.port());
    await readState(await server.port());

    server.signal("SIGTERM");

    assert.equal(await server.exit, 1);
    assert.deepEqual(server.messages.slice(-3), [
      "draining",
      "closing",
      "deadline passed, ending with requests in flight",
    ]);
    inFlight.destroy();
  });

  it("does not start in an environment that is not valid", async () => {
    const server = start({ PORT: "http", APP_DRAIN_SECONDS: "10" });

    assert.equal(await server.exit, 1);
    assert.deepEqual(server.messages, []);
    assert.equal(
      server.errors,
      [
        "the environment is not valid:",
        "  APP_DRAIN_SECONDS is not a setting, allowed are APP_DRAIN_MILLISECONDS, APP_KEEP_ALIVE_MILLISECONDS, APP_LOG_LEVEL, APP_MAX_EVENT_LOOP_DELAY_MILLISECONDS, APP_MAX_HEAP_PERCENT, APP_MAX_RSS_MEBIBYTES, APP_STOP_MILLISECONDS, APP_WORK_MAX_CONCURRENCY, APP_WORK_MAX_MILLISECONDS, correct its name or remove it",
        '  PORT is "http", allowed is a whole number from 0 to 65535, remove it to get 3000',
        "",
      ].join("\n"),
    );
  });

  it("does not start on a port that is taken", async () => {
    const other = createServer();
    servers.push(other);
    await once(other.listen(0, "0.0.0.0"), "listening");
    const { port } = other.address() as AddressInfo;

    const server = start({ PORT: String(port) });

    assert.equal(await server.exit, 1);
    assert.match(server.errors, new RegExp(`listen EADDRINUSE: address already in use .*${port}`));
  });
});
