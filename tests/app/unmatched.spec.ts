import assert from "node:assert/strict";
import { type App, anApp } from "./an-app";

describe("answerUnmatched", () => {
  let app: App;
  beforeEach(() => {
    ({ app } = anApp({ logLevel: "silent" }));
  });
  afterEach(() => app.close());

  for (const [method, url] of [
    ["GET", "/nothing?a=<b>"],
    ["GET", "/healthz/"],
    ["POST", "/nothing"],
    ["OPTIONS", "/nothing"],
    ["PROPFIND", "/nothing"],
    ["GET", "/constructor"],
    ["GET", "/__proto__"],
  ] as const) {
    it(`answers 404 to ${method} ${url}`, async () => {
      const response = await app.inject({ method: method as "GET", url });
      const [path = ""] = url.split("?");

      assert.equal(response.statusCode, 404);
      assert.equal(response.headers["content-type"], "application/problem+json; charset=utf-8");
      assert.equal(response.headers.allow, undefined);
      assert.deepEqual(response.json(), {
        type: "about:blank",
        title: "Not Found",
        status: 404,
        detail: "there is nothing at this path",
        instance: `${path}#${String(response.headers["x-request-id"])}`,
      });
    });
  }

  for (const [method, url] of [
    ["POST", "/"],
    ["DELETE", "/readyz?a=1"],
    ["OPTIONS", "/healthz"],
    ["PROPFIND", "/metrics"],
  ] as const) {
    it(`answers 405 to ${method} ${url} and names what is allowed`, async () => {
      const response = await app.inject({ method: method as "GET", url });

      assert.equal(response.statusCode, 405);
      assert.equal(response.headers.allow, "GET, HEAD");
      assert.equal(
        response.json<{ detail: string }>().detail,
        `the method is ${method}, allowed are GET, HEAD, use one of them`,
      );
    });
  }

  it("names the methods of all routes of a path", async () => {
    app.route({ method: ["PUT", "DELETE"], url: "/thing", handler: () => "" });
    app.post("/thing", () => "");

    assert.equal((await app.inject("/thing")).headers.allow, "DELETE, POST, PUT");
  });

  it("answers before it reads a body, also one that no route could read", async () => {
    for (const [type, payload] of [
      ["application/json", "{broken"],
      ["application/xml", "<a/>"],
      [";;;", "a"],
    ] as const) {
      const response = await app.inject({
        method: "POST",
        url: "/",
        headers: { "content-type": type },
        payload,
      });

      assert.equal(response.statusCode, 405);
    }
  });

  it("answers 404 where a route says that there is nothing", async () => {
    app.get("/hidden", (_request, reply) => {
      reply.callNotFound();
    });

    const response = await app.inject("/hidden");

    assert.equal(response.statusCode, 404);
    assert.equal(response.headers.allow, undefined);
  });
});
