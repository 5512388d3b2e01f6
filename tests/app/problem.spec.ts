import assert from "node:assert/strict";
import { ProblemError, renderProblem } from "../../app/src/problem";
import { type AnApp, anApp } from "./an-app";

describe("replyToError", () => {
  let built: AnApp;
  beforeEach(() => {
    built = anApp();
    built.app.post("/echo", (request, reply) => reply.send({ got: request.body }));
  });
  afterEach(() => built.app.close());

  const problemOf = async (fails: () => never, headers: Readonly<Record<string, string>> = {}) => {
    built.app.get("/fails", fails);
    return built.app.inject({ url: "/fails?token=hunter2", headers });
  };

  it("tells a failure to the log and not to the client", async () => {
    const response = await problemOf(
      () => {
        throw new Error("password is hunter2");
      },
      { "x-request-id": "r1" },
    );

    assert.equal(response.statusCode, 500);
    assert.equal(response.headers["content-type"], "application/problem+json; charset=utf-8");
    assert.equal(
      response.body,
      '{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"the reason is in the log of the service, under the id at the end of instance","instance":"/fails#r1"}',
    );
    assert.deepEqual(
      built.logged.map((line) => [
        line["level"],
        line["reqId"],
        line["msg"],
        (line["err"] as Error | undefined)?.message,
      ]),
      [
        ["error", "r1", "request failed", "password is hunter2"],
        ["info", "r1", "answered", undefined],
      ],
    );
  });

  for (const [statusCode, expected] of [
    [204, 500],
    [399, 500],
    [400, 400],
    [499, 499],
    [500, 500],
    [502, 502],
    [599, 599],
    [600, 500],
  ] as const) {
    it(`answers ${expected} to an error with status ${statusCode}`, async () => {
      const response = await problemOf(() => {
        throw Object.assign(new Error("odd"), { statusCode });
      });

      assert.equal(response.statusCode, expected);
      assert.equal(response.json<{ status: number }>().status, expected);
      assert.equal(response.body.includes('"odd"'), expected < 500);
    });
  }

  it("answers what is not even an error, and logs it", async () => {
    const response = await problemOf(() => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw "text";
    });

    assert.equal(response.statusCode, 500);
    assert.equal(built.logged[0]?.["level"], "error");
  });

  it("answers a refusal with its detail and headers, and does not log it as a failure", async () => {
    const response = await problemOf(() => {
      throw new ProblemError(503, "come back", { "retry-after": "7" });
    });

    assert.equal(response.statusCode, 503);
    assert.equal(response.headers["retry-after"], "7");
    assert.equal(response.json<{ detail: string }>().detail, "come back");
    assert.deepEqual(
      built.logged.map(({ level }) => level),
      ["info"],
    );
  });

  it("answers 400 to a path that is not valid, with the headers, the log and the count of every answer", async () => {
    const response = await built.app.inject({
      url: "/%zz",
      headers: { "x-request-id": "r1" },
    });
    const [line = {}] = built.logged;

    assert.equal(response.statusCode, 400);
    assert.deepEqual(response.json(), {
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      detail: "'/%zz' is not a valid url component",
      instance: "/%25zz#r1",
    });
    assert.equal(response.headers["x-request-id"], "r1");
    assert.equal(response.headers["x-content-type-options"], "nosniff");
    assert.deepEqual([line["msg"], line["status"], line["reqId"]], ["answered", 400, "r1"]);
    assert.match(
      (await built.app.inject("/metrics")).body,
      /^http_requests_total\{method="GET",route="unmatched",code="400"\} 1$/m,
    );
  });

  it("answers 414 to a path parameter of more than 100 characters", async () => {
    built.app.get("/things/:id", () => "thing");
    const [good, bad] = await Promise.all(
      [100, 101].map((length) => built.app.inject(`/things/${"x".repeat(length)}`)),
    );

    assert.deepEqual([good?.statusCode, bad?.statusCode], [200, 414]);
    assert.equal(bad?.headers["content-type"], "application/problem+json; charset=utf-8");
  });

  const bodies: readonly (readonly [string, string | undefined, string, number, string])[] = [
    ["of another type", "application/xml", "<a/>", 415, "Unsupported Media Type"],
    ["of no type", undefined, "a", 415, "Unsupported Media Type"],
    ["of a type that is none", ";;;", "a", 415, "Unsupported Media Type"],
    [
      "that is not JSON",
      "application/json",
      "{",
      400,
      "Body is not valid JSON but content-type is set to 'application/json'",
    ],
    [
      "that would change prototypes",
      "application/json",
      '{"__proto__":{"a":1}}',
      400,
      "Body is not valid JSON but content-type is set to 'application/json'",
    ],
  ];
  for (const [what, type, payload, status, detail] of bodies) {
    it(`answers ${status} to a body ${what}`, async () => {
      const response = await built.app.inject({
        method: "POST",
        url: "/echo",
        headers: type === undefined ? {} : { "content-type": type },
        payload,
      });

      assert.equal(response.statusCode, status);
      assert.equal(response.headers["content-type"], "application/problem+json; charset=utf-8");
      assert.equal(response.json<{ detail: string }>().detail, detail);
    });
  }
});

describe("renderProblem", () => {
  const instanceOf = (path: string): string =>
    (JSON.parse(renderProblem(404, "d", path, "id")) as { instance: string }).instance;

  it("has an instance that is a URI reference, whatever the path is", () => {
    assert.equal(instanceOf("/a/%20b"), "/a/%20b#id");
    assert.equal(instanceOf("/%zz%4"), "/%25zz%254#id");
    assert.equal(instanceOf('/"<>\\^`{|}[]#'), "/%22%3C%3E%5C%5E%60%7B%7C%7D%5B%5D%23#id");
    assert.equal(instanceOf("/\u00e4\u0000"), "/%C3%A4%00#id");
    assert.equal(instanceOf(""), "#id");
  });

  it("leaves out a path that would make the answer long", () => {
    assert.equal(instanceOf("/".padEnd(1024, "x")).length, 1027);
    assert.equal(instanceOf("/".padEnd(1025, "x")), "#id");
  });

  it("has a title also for a status without one", () => {
    assert.equal(
      renderProblem(499, "d", "/", "id"),
      '{"type":"about:blank","title":"Error","status":499,"detail":"d","instance":"/#id"}',
    );
  });
});
