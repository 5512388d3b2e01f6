import assert from "node:assert/strict";
import { METHODS } from "node:http";
import { connect } from "node:net";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { type AnApp, anApp, listen } from "./an-app";

const seed = 20_260_501;

/** Statuses that this service gives on purpose; 501 is for CONNECT. */
const allowed = new Set([200, 400, 404, 405, 408, 413, 414, 415, 417, 431, 501]);

describe("malformed requests", () => {
  let built: AnApp;
  let port: number;
  const seen = new Set<number>();
  before(async () => {
    built = anApp({ work: { maxMilliseconds: 2, maxConcurrency: 64 } });
    // As a service that takes bodies has it; a body of 204 bytes would otherwise be read by nobody.
    built.app.post("/echo", (request, reply) => reply.send({ got: request.body }));
    port = await listen(built.app);
  });
  after(() => built.app.close());
  afterEach(async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);

    assert.equal(answer.status, 200);
    assert.deepEqual(
      built.logged.filter(({ level }) => level === "error" || level === "fatal"),
      [],
    );
  });

  const path = fc.oneof(
    fc
      .webUrl({ withQueryParameters: true, withFragments: true })
      .map((url) => new URL(url).pathname),
    fc.constantFrom(
      "/",
      "/healthz",
      "/readyz",
      "/metrics",
      "/work?ms=1",
      "/work?ms=%",
      "/echo",
      "//",
      "/%",
      "/%zz",
      "/%00",
      "/../..",
      "/work?ms[]=1",
      "*",
      "/?%",
      "/#",
    ),
    fc
      .string({ unit: "grapheme-ascii", maxLength: 60 })
      .map((tail) => `/${tail.replace(/\s/g, "+")}`),
  );
  const headerName = fc.constantFrom(
    "accept",
    "content-type",
    "content-length",
    "transfer-encoding",
    "expect",
    "upgrade",
    "connection",
    "x-request-id",
    "traceparent",
    "x-amzn-trace-id",
    "x-forwarded-for",
    "x-forwarded-proto",
    "host",
    "accept-version",
    "cookie",
    "__proto__",
    "a",
  );
  const headerValue = fc.oneof(
    fc.string({ maxLength: 40 }).map((value) => value.replace(/[\r\n]/g, "")),
    fc.constantFrom(
      "",
      "0",
      "-1",
      "20000",
      "1e9",
      "99999999999999999999",
      "chunked",
      "chunked, chunked",
      "gzip",
      "close",
      "keep-alive",
      "websocket",
      "100-continue",
      "application/json",
      "application/json; charset=",
      "text/plain",
      "a/b/c",
      ";;;",
      "https",
    ),
  );

  it("get an answer that is no failure, whatever path, method, headers and body an HTTP client sends", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...METHODS.filter((method) => method !== "CONNECT")),
        path,
        fc.dictionary(
          fc.constantFrom(
            "accept",
            "content-type",
            "x-request-id",
            "traceparent",
            "x-amzn-trace-id",
            "accept-version",
            "cookie",
            "a",
          ),
          headerValue,
        ),
        fc.oneof(fc.constant(undefined), fc.string({ maxLength: 300 }), fc.json()),
        async (method, url, headers, payload) => {
          const answer = await built.app.inject({
            method: method as "GET",
            url: encodeURI(url).replace(/^\/+/, "/"),
            headers,
            ...(payload === undefined ? {} : { payload }),
          });

          assert.ok(allowed.has(answer.statusCode), `${method} ${url}: ${answer.statusCode}`);
          if (answer.statusCode < 400 || method === "HEAD") return;
          const problem = answer.json<Record<string, unknown>>();
          assert.equal(answer.headers["content-type"], "application/problem+json; charset=utf-8");
          assert.deepEqual(Object.keys(problem), ["type", "title", "status", "detail", "instance"]);
          assert.equal(problem["status"], answer.statusCode);
          assert.match(String(problem["instance"]), /^[\x21-\x7e]*#[\w.~-]{1,128}$/);
        },
      ),
      { seed, numRuns: 200 },
    );
  });

  /** Sends bytes, ends its side and reads what comes until the service has ended its own. */
  const send = async (bytes: string): Promise<readonly number[]> => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    await once(socket, "connect");
    socket.end(Buffer.from(bytes, "latin1"));
    const answer = await text(socket).catch(() => "");
    const statuses = [...answer.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) =>
      Number(status),
    );
    for (const status of statuses) seen.add(status);
    return statuses;
  };
  const isAllowed = async (bytes: string): Promise<void> => {
    for (const status of await send(bytes)) {
      assert.ok(allowed.has(status) || status === 100, `${JSON.stringify(bytes)}: ${status}`);
    }
  };

  const requestLine = fc
    .tuple(
      fc.oneof(fc.constantFrom(...METHODS), fc.string({ maxLength: 12 })),
      fc.oneof(path, fc.string({ maxLength: 30 })),
      fc.oneof(
        { weight: 6, arbitrary: fc.constant("HTTP/1.1") },
        fc.constantFrom("HTTP/1.0", "HTTP/2.0", "HTTP/", "http/1.1", ""),
      ),
    )
    .map((parts) => parts.join(" "));
  const chunk = fc
    .tuple(
      fc.oneof(
        fc.nat(40).map((size) => size.toString(16)),
        fc.constantFrom("-1", "ffffffffffffffff", "z", ""),
      ),
      fc.constantFrom("", ";a=b", `;${"x".repeat(20_000)}`),
      fc.string({ maxLength: 40 }),
    )
    .map(([size, extension, data]) => `${size}${extension}\r\n${data}\r\n`);
  // Random names and values seldom fit each other: the well-formed lines lead past the first checks.
  const headerLine = fc.oneof(
    fc.tuple(headerName, headerValue).map(([name, value]) => `${name}: ${value}`),
    fc.constantFrom(
      "content-length: 7",
      "content-length: 20000",
      "transfer-encoding: chunked",
      "content-type: application/json",
      "expect: 100-continue",
      "expect: tea",
    ),
  );
  const headerLines = fc
    .tuple(
      fc.constantFrom(["host: app"], ["host: app"], []),
      fc.array(headerLine, { maxLength: 5 }),
    )
    .map((lines) => lines.flat());
  const body = fc.oneof(
    fc.constant(""),
    fc.string({ maxLength: 200 }),
    fc.json(),
    fc.array(chunk, { maxLength: 4 }).map((chunks) => `${chunks.join("")}0\r\n\r\n`),
  );

  it("do not end the process or make it fail, whatever bytes look like requests", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(requestLine, headerLines, body, fc.constantFrom("\r\n", "\n", "\r")), {
          minLength: 1,
          maxLength: 3,
        }),
        (requests) =>
          isAllowed(
            requests
              .map(([line, headers, data, end]) => [line, ...headers, "", data].join(end))
              .join(""),
          ),
      ),
      { seed, numRuns: 200 },
    );
  });

  it("do not end the process or make it fail, whatever bytes there are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
        isAllowed,
      ),
      { seed, numRuns: 100 },
    );
  });

  it("do not end the process or make it fail, wherever a good one is cut off or broken", async () => {
    const good =
      'POST /echo HTTP/1.1\r\nHost: app\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{"a":1}';
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length), fc.string({ maxLength: 3 }), (at, noise) =>
        isAllowed(good.slice(0, at) + noise + good.slice(at + noise.length)),
      ),
      { seed, numRuns: 100 },
    );
  });

  it("were of many kinds, and were answered", () => {
    const kinds = [200, 400, 404, 405, 413, 417, 501];

    assert.deepEqual(
      kinds.filter((status) => !seen.has(status)),
      [],
    );
  });
});
