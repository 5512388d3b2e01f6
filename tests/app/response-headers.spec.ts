import assert from "node:assert/strict";
import { type App, anApp } from "./an-app";

const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const amznTraceId = "Root=1-67891233-abcdef012345678912345678";

describe("setCommonHeaders", () => {
  let app: App;
  beforeEach(() => {
    ({ app } = anApp({ logLevel: "silent" }));
    app.get("/fails", () => {
      throw new Error("broken");
    });
  });
  afterEach(() => app.close());

  it("sets what every answer needs and nothing beyond", async () => {
    const { headers } = await app.inject({ url: "/healthz", headers: { "x-request-id": "r1" } });

    assert.deepEqual(
      { ...headers, date: "now" },
      {
        "content-security-policy": "default-src 'none';frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
        "x-request-id": "r1",
        "content-type": "application/json; charset=utf-8",
        "content-length": "15",
        date: "now",
        connection: "keep-alive",
      },
    );
  });

  it("sets them on every kind of answer", async () => {
    for (const url of ["/", "/healthz", "/readyz", "/metrics", "/nothing", "/fails", "/%zz"]) {
      const { headers } = await app.inject({ url, headers: { "x-request-id": "r1" } });

      assert.equal(headers["x-request-id"], "r1", url);
      assert.equal(headers["x-content-type-options"], "nosniff", url);
      assert.equal(headers["cache-control"], "no-store", url);
      assert.match(String(headers["content-security-policy"]), /^default-src 'none';/, url);
      assert.equal(headers["x-powered-by"], undefined, url);
      assert.equal(headers.server, undefined, url);
    }
  });

  it("sets more on the page, which a browser shows", async () => {
    const { headers } = await app.inject("/");

    assert.deepEqual(
      [
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "origin-agent-cluster",
        "referrer-policy",
        "x-dns-prefetch-control",
        "x-frame-options",
      ].map((name) => headers[name]),
      ["same-origin", "same-origin", "?1", "no-referrer", "off", "DENY"],
    );
  });

  it("demands TLS of who came by TLS, for this host alone, and of nobody else", async () => {
    const hstsOf = async (headers: Readonly<Record<string, string>>) =>
      (await app.inject({ url: "/", headers })).headers["strict-transport-security"];

    assert.equal(await hstsOf({ "x-forwarded-proto": "https" }), "max-age=31536000");
    assert.equal(await hstsOf({ "x-forwarded-proto": "http" }), undefined);
    assert.equal(await hstsOf({}), undefined);
  });

  it("gives trace headers back as they came, and none that came malformed or not at all", async () => {
    const namesOf = async (headers: Readonly<Record<string, string>>) => {
      const answer = await app.inject({ url: "/", headers });
      return [answer.headers["traceparent"], answer.headers["x-amzn-trace-id"]];
    };

    assert.deepEqual(await namesOf({ traceparent, "x-amzn-trace-id": amznTraceId }), [
      traceparent,
      amznTraceId,
    ]);
    assert.deepEqual(await namesOf({ traceparent: "00-x", "x-amzn-trace-id": "<script>" }), [
      undefined,
      undefined,
    ]);
    assert.deepEqual(await namesOf({}), [undefined, undefined]);
  });
});
