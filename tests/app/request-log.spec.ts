import assert from "node:assert/strict";
import { type AnApp, anApp } from "./an-app";
import { Readiness } from "../../app/src/readiness";

const trace = {
  traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
  "x-amzn-trace-id": "Root=1-67891233-abcdef012345678912345678",
};

describe("request log", () => {
  const built: AnApp[] = [];
  const build = (...options: Parameters<typeof anApp>): AnApp => {
    const made = anApp(...options);
    built.push(made);
    return made;
  };
  afterEach(async () => {
    await Promise.all(built.splice(0).map(({ app }) => app.close()));
  });

  it("has one line a request, in JSON, with the ids that tie it to others", async () => {
    const { app, logged } = build();

    await app.inject({ url: "/", headers: { ...trace, "x-request-id": "r1" } });

    const [line = {}] = logged;
    const { time, milliseconds, ...rest } = line;
    assert.equal(logged.length, 1);
    assert.match(String(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.equal(typeof milliseconds, "number");
    assert.deepEqual(rest, {
      level: "info",
      version: "1.2.3",
      reqId: "r1",
      traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
      spanId: "00f067aa0ba902b7",
      amznTraceId: "Root=1-67891233-abcdef012345678912345678",
      method: "GET",
      path: "/",
      status: 200,
      msg: "answered",
    });
  });

  it("has the same ids on lines that a route logs", async () => {
    const { app, logged } = build();
    app.get("/logs", (request) => {
      request.log.warn("from the route");
      return "";
    });

    await app.inject({ url: "/logs", headers: { ...trace, "x-request-id": "r1" } });

    assert.deepEqual(
      logged.map((line) => [line["msg"], line["reqId"], line["traceId"], line["amznTraceId"]]),
      ["from the route", "answered"].map((message) => [
        message,
        "r1",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "Root=1-67891233-abcdef012345678912345678",
      ]),
    );
  });

  it("has no secret of any request, good or bad", async () => {
    const { app, logged } = build({ logLevel: "trace" });
    app.post("/echo", () => "");
    const headers = {
      authorization: "Bearer hunter2",
      cookie: "session=hunter2",
      "x-api-key": "hunter2",
      "x-request-id": "hunter2 hunter2",
      traceparent: "hunter2",
      "content-type": "application/json",
    };

    for (const [method, url] of [
      ["GET", "/?token=hunter2"],
      ["GET", "/nothing?token=hunter2"],
      ["POST", "/echo?token=hunter2"],
      ["DELETE", "/?token=hunter2"],
      ["GET", "/%zz?token=hunter2"],
    ] as const) {
      await app.inject({
        method,
        url,
        headers,
        ...(method === "POST" ? { payload: "{hunter2" } : {}),
      });
    }

    assert.equal(logged.filter(({ msg }) => msg === "answered").length, 5);
    assert.doesNotMatch(JSON.stringify(logged), /hunter2/);
  });

  it("says of probes at debug what they regularly answer, so that nothing else drowns in it", async () => {
    for (const readiness of [new Readiness(), undefined]) {
      const { app, logged } = build({
        logLevel: "debug",
        ...(readiness === undefined ? {} : { readiness }),
      });

      for (const url of ["/healthz", "/readyz", "/metrics"]) await app.inject(url);

      assert.deepEqual(
        logged.map(({ level, path, status }) => [level, path, status]),
        [
          ["debug", "/healthz", 200],
          ["debug", "/readyz", readiness === undefined ? 200 : 503],
          ["debug", "/metrics", 200],
        ],
      );
    }
  });

  it("says of probes at info what they do not regularly answer", async () => {
    const { app, logged } = build();

    await app.inject("/healthz");
    await app.inject({ method: "POST", url: "/healthz" });
    await app.inject({ url: "/metrics", headers: { "x-forwarded-for": "203.0.113.7" } });

    assert.deepEqual(
      logged.map(({ level, path, status }) => [level, path, status]),
      [
        ["info", "/healthz", 405],
        ["info", "/metrics", 404],
      ],
    );
  });
});
