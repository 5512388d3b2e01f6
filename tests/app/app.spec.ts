import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { buildApp } from "../../app/src/app";
import type { LogLevel } from "../../app/src/environment";
import { Readiness } from "../../app/src/readiness";
import type { Responder } from "../../app/src/responder";

const responder: Responder = {
  version: "1.2.3",
  taskDefinition: "web:7",
  zone: "eu-central-1b",
  instance: "fedcba98",
  task: "01234567",
  host: "ip-10-0-1-2",
};

type App = ReturnType<typeof buildApp>;

interface Built {
  readonly app: App;
  readonly readiness: Readiness;
  readonly logged: readonly Record<string, unknown>[];
}

describe("buildApp", () => {
  const apps: App[] = [];
  const build = (options: { responder?: Responder; logLevel?: LogLevel } = {}): Built => {
    const readiness = new Readiness();
    const logged: Record<string, unknown>[] = [];
    const app = buildApp({
      responder: () => options.responder ?? responder,
      readiness,
      logLevel: options.logLevel ?? "info",
      logStream: { write: (line) => logged.push(JSON.parse(line) as Record<string, unknown>) },
      keepAliveMilliseconds: 72_000,
    });
    apps.push(app);
    return { app, readiness, logged };
  };
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });

  describe("/", () => {
    it("says who answered as JSON where the client prefers it", async () => {
      const response = await build().app.inject({
        url: "/",
        headers: { accept: "application/json" },
      });

      assert.equal(response.statusCode, 200);
      assert.equal(response.headers["content-type"], "application/json; charset=utf-8");
      assert.equal(response.headers.vary, "accept");
      assert.deepEqual(response.json(), responder);
    });

    it("says null in JSON and unknown on the page for what it cannot know", async () => {
      const { app } = build({
        responder: { ...responder, taskDefinition: null, zone: null, instance: null, task: null },
      });

      const json = await app.inject({ url: "/", headers: { accept: "application/json" } });
      const page = await app.inject("/");

      assert.equal(
        json.body,
        '{"version":"1.2.3","taskDefinition":null,"zone":null,"instance":null,"task":null,"host":"ip-10-0-1-2"}',
      );
      assert.match(page.body, /<dt>zone<\/dt><dd>unknown<\/dd>/);
      assert.doesNotMatch(page.body, /null/);
    });

    it("says who answered on a page otherwise", async () => {
      const response = await build().app.inject("/");
      const terms = [...response.body.matchAll(/<dt>(.*)<\/dt><dd>(.*)<\/dd>/g)];

      assert.equal(response.statusCode, 200);
      assert.equal(response.headers["content-type"], "text/html; charset=utf-8");
      assert.deepEqual(
        terms.map(([, term, value]) => [term, value]),
        [
          ["version", "1.2.3"],
          ["task definition", "web:7"],
          ["zone", "eu-central-1b"],
          ["instance", "fedcba98"],
          ["task", "01234567"],
          ["host", "ip-10-0-1-2"],
        ],
      );
    });

    it("escapes what it shows", async () => {
      const { app } = build({ responder: { ...responder, host: `<script>"a" & 'b'</script>` } });

      const response = await app.inject("/");

      assert.ok(
        response.body.includes(
          "<dd>&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;</dd>",
        ),
      );
      assert.ok(!response.body.includes("<script"));
    });

    it("allows the page its own style and nothing else", async () => {
      const response = await build().app.inject("/");
      const [, style = ""] = /<style>([^]*)<\/style>/.exec(response.body) ?? [];
      const digest = createHash("sha256").update(style).digest("base64");

      assert.notEqual(style, "");
      assert.equal(
        response.headers["content-security-policy"],
        `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      );
    });

    it("asks who answers at each request", async () => {
      let now = responder;
      const app = buildApp({
        responder: () => now,
        readiness: new Readiness(),
        logLevel: "silent",
        keepAliveMilliseconds: 72_000,
      });
      apps.push(app);
      const zone = async (): Promise<unknown> => {
        const response = await app.inject({ url: "/", headers: { accept: "application/json" } });
        return response.json<Responder>().zone;
      };

      const first = await zone();
      now = { ...responder, zone: "eu-central-1c" };

      assert.deepEqual([first, await zone()], ["eu-central-1b", "eu-central-1c"]);
    });

    it("answers HEAD without a body", async () => {
      const response = await build().app.inject({ method: "HEAD", url: "/" });

      assert.equal(response.statusCode, 200);
      assert.equal(response.body, "");
    });
  });

  it("is alive in every state, and ready between start and drain", async () => {
    const { app, readiness } = build();
    const states: unknown[] = [];
    const look = async (): Promise<void> => {
      const [alive, ready] = await Promise.all([app.inject("/healthz"), app.inject("/readyz")]);
      states.push([alive.statusCode, alive.body, ready.statusCode, ready.body]);
    };

    await look();
    readiness.becomeReady();
    await look();
    readiness.startDraining();
    await look();

    assert.deepEqual(states, [
      [200, '{"status":"ok"}', 503, '{"status":"starting"}'],
      [200, '{"status":"ok"}', 200, '{"status":"ready"}'],
      [200, '{"status":"ok"}', 503, '{"status":"draining"}'],
    ]);
  });

  it("sends no header beyond those that a client needs", async () => {
    const response = await build().app.inject("/healthz");

    assert.deepEqual(Object.keys(response.headers).sort(), [
      "cache-control",
      "connection",
      "content-length",
      "content-type",
      "date",
      "x-content-type-options",
    ]);
    assert.equal(response.headers["cache-control"], "no-store");
    assert.equal(response.headers["x-content-type-options"], "nosniff");
  });

  describe("problems", () => {
    const notFound = '{"type":"about:blank","title":"Not Found","status":404}';

    for (const [method, url] of [
      ["GET", "/nothing?a=<b>"],
      ["GET", "/healthz/"],
      ["POST", "/"],
      ["DELETE", "/readyz"],
    ] as const) {
      it(`answers 404 to ${method} ${url}`, async () => {
        const response = await build().app.inject({ method, url });

        assert.equal(response.statusCode, 404);
        assert.equal(response.headers["content-type"], "application/problem+json; charset=utf-8");
        assert.equal(response.body, notFound);
      });
    }

    it("answers 400 to a path that is not valid", async () => {
      const response = await build().app.inject("/%zz");

      assert.equal(response.statusCode, 400);
      assert.deepEqual(response.json(), {
        type: "about:blank",
        title: "Bad Request",
        status: 400,
        detail: "'/%zz' is not a valid url component",
      });
    });

    it("tells a failure to the log and not to the client", async () => {
      const { app, logged } = build({ logLevel: "error" });
      app.get("/fails", () => {
        throw new Error("password is hunter2");
      });

      const response = await app.inject("/fails");

      assert.equal(response.statusCode, 500);
      assert.equal(
        response.body,
        '{"type":"about:blank","title":"Internal Server Error","status":500}',
      );
      assert.deepEqual(
        logged.map((line) => [line["msg"], (line["err"] as Error).message]),
        [["request failed", "password is hunter2"]],
      );
    });

    it("never answers a failure with a status of success", async () => {
      const { app } = build({ logLevel: "silent" });
      app.get("/fails", () => {
        throw Object.assign(new Error("odd"), { statusCode: 204 });
      });

      assert.equal((await app.inject("/fails")).statusCode, 500);
    });
  });

  describe("log", () => {
    it("has one line a request, in JSON and without the query string", async () => {
      const { app, logged } = build();

      await app.inject("/?token=hunter2");

      const [line = {}] = logged;
      const { time, milliseconds, ...rest } = line;
      assert.equal(logged.length, 1);
      assert.match(String(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.equal(typeof milliseconds, "number");
      assert.deepEqual(rest, {
        level: "info",
        version: "1.2.3",
        reqId: "req-1",
        method: "GET",
        path: "/",
        status: 200,
        msg: "answered",
      });
    });

    it("leaves health requests out, also where they fail", async () => {
      const { app, logged } = build();

      await app.inject("/healthz");
      await app.inject("/readyz");

      assert.deepEqual(logged, []);
    });
  });

  it("keeps connections longer than the load balancer's 60 s, and waits for headers longer still", () => {
    const { app } = build();

    assert.equal(app.server.keepAliveTimeout, 72_000);
    assert.equal(app.server.headersTimeout, 73_000);
  });
});
