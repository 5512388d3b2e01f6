import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { AppOptions } from "../../app/src/app";
import { Readiness } from "../../app/src/readiness";
import type { Responder } from "../../app/src/responder";
import { type AnApp, anApp, aResponder } from "./an-app";

describe("buildApp", () => {
  const built: AnApp[] = [];
  const build = (options: Partial<AppOptions> = {}): AnApp => {
    const made = anApp(options);
    built.push(made);
    return made;
  };
  afterEach(async () => {
    await Promise.all(built.splice(0).map(({ app }) => app.close()));
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
      assert.deepEqual(response.json(), aResponder);
    });

    it("says null in JSON and unknown on the page for what it cannot know", async () => {
      const { app } = build({
        responder: () => ({
          ...aResponder,
          taskDefinition: null,
          zone: null,
          instance: null,
          task: null,
        }),
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
      const { app } = build({
        responder: () => ({ ...aResponder, host: `<script>"a" & 'b'</script>` }),
      });

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
        `default-src 'none';style-src 'sha256-${digest}';base-uri 'none';form-action 'none';frame-ancestors 'none'`,
      );
    });

    it("asks who answers at each request", async () => {
      let now = aResponder;
      const { app } = build({ responder: () => now });
      const zone = async (): Promise<unknown> => {
        const response = await app.inject({ url: "/", headers: { accept: "application/json" } });
        return response.json<Responder>().zone;
      };

      const first = await zone();
      now = { ...aResponder, zone: "eu-central-1c" };

      assert.deepEqual([first, await zone()], ["eu-central-1b", "eu-central-1c"]);
    });

    it("answers HEAD without a body", async () => {
      const response = await build().app.inject({ method: "HEAD", url: "/" });

      assert.equal(response.statusCode, 200);
      assert.equal(response.body, "");
    });
  });

  it("is alive in every state, and ready between start and drain", async () => {
    const readiness = new Readiness();
    const { app } = build({ readiness });
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

  it("answers probes as well where the client prefers something else, and to HEAD", async () => {
    const { app } = build();
    const answers = await Promise.all([
      app.inject({ url: "/healthz", headers: { accept: "image/png" } }),
      app.inject({ method: "HEAD", url: "/healthz" }),
      app.inject({ method: "HEAD", url: "/readyz" }),
    ]);

    assert.deepEqual(
      answers.map(({ statusCode, body }) => [statusCode, body]),
      [
        [200, '{"status":"ok"}'],
        [200, ""],
        [200, ""],
      ],
    );
  });

  it("keeps connections longer than the load balancer's 60 s, and waits for headers longer still", () => {
    const { app } = build();

    assert.equal(app.server.keepAliveTimeout, 72_000);
    assert.equal(app.server.headersTimeout, 73_000);
  });

  it("accepts no schema without saying so, since Fastify's compilers are not loaded", async () => {
    const { app } = build();
    app.get("/typed", { schema: { response: { 200: { type: "object" } } } }, () => ({}));

    await assert.rejects(
      async () => app.ready(),
      /schemas are switched off, remove withoutSchemas from app\.ts to use them/,
    );
  });
});
