import assert from "node:assert/strict";
import { connect } from "node:net";
import { maxBodyBytes, maxHeaderCount, maxUrlLength, requestTimeouts } from "../../app/src/limits";
import { anApp, type App, exchange, listen, parseAnswer } from "./an-app";

describe("requestTimeouts", () => {
  it("lets headers take longer than an idle connection is kept, and a request longer still", () => {
    assert.deepEqual(requestTimeouts(72_000), {
      headersTimeout: 73_000,
      requestTimeout: 83_000,
      connectionsCheckingInterval: 1000,
    });
  });

  it("is what the server runs with, up to the longest keep-alive time", async () => {
    const { app } = anApp({ keepAliveMilliseconds: 4_100_000 });
    await app.ready();

    assert.deepEqual(
      [app.server.keepAliveTimeout, app.server.headersTimeout, app.server.requestTimeout],
      [4_100_000, 4_101_000, 4_111_000],
    );
    await app.close();
  });
});

describe("exceededLimit", () => {
  let app: App;
  let port: number;
  before(async () => {
    ({ app } = anApp({ logLevel: "silent" }));
    app.post("/echo", (request, reply) => reply.send({ got: request.body }));
    port = await listen(app);
  });
  after(() => app.close());

  const send = async (head: readonly string[], body = "") => {
    const bytes = [...head, "Connection: close", "", body].join("\r\n");
    const answer = parseAnswer(await exchange(port, bytes));
    const { detail } = JSON.parse(answer.body) as { readonly detail?: string };
    return [answer.status, detail, answer.headers["connection"]];
  };
  const get = "GET /healthz HTTP/1.1";
  const pad = (length: number): string => "/healthz?".padEnd(length, "x");

  it("accepts an address of 4096 characters and answers 414 to a longer one", async () => {
    assert.equal(maxUrlLength, 4096);
    assert.deepEqual(await send([`GET ${pad(4096)} HTTP/1.1`, "Host: app"]), [
      200,
      undefined,
      "close",
    ]);
    assert.deepEqual(await send([`GET ${pad(4097)} HTTP/1.1`, "Host: app"]), [
      414,
      "the address has 4097 characters, allowed are 4096, shorten it",
      "close",
    ]);
  });

  it("accepts 100 headers and answers 431 to more", async () => {
    assert.equal(maxHeaderCount, 100);
    // Host and Connection count as well.
    const surplus = (count: number) =>
      Array.from({ length: count - 2 }, (_, index) => `a${index}: 1`);

    assert.deepEqual(await send([get, "Host: app", ...surplus(100)]), [200, undefined, "close"]);
    for (const count of [101, 102, 500]) {
      assert.deepEqual(await send([get, "Host: app", ...surplus(count)]), [
        431,
        "allowed are 100 headers, send fewer",
        "close",
      ]);
    }
  });

  it("answers 400 without a host in HTTP/1.1, and none is needed in HTTP/1.0", async () => {
    assert.deepEqual(await send([get]), [
      400,
      "host is missing, which HTTP/1.1 demands, send it",
      "close",
    ]);
    assert.deepEqual(await send(["GET /healthz HTTP/1.0"]), [200, undefined, "close"]);
  });

  it("accepts a body of 16384 bytes and answers 413 to a longer one, announced or not, read or not", async () => {
    assert.equal(maxBodyBytes, 16_384);
    const json = (length: number): string => JSON.stringify("x".repeat(length - 2));
    const post = ["POST /echo HTTP/1.1", "Host: app", "Content-Type: application/json"];
    const chunked = (body: string): string => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

    assert.deepEqual(await send([...post, "Content-Length: 16384"], json(16_384)), [
      200,
      undefined,
      "close",
    ]);
    assert.deepEqual(await send([...post, "Transfer-Encoding: chunked"], chunked(json(16_384))), [
      200,
      undefined,
      "close",
    ]);
    const tooLong = "the body has 16385 bytes, allowed are 16384, send less";
    assert.deepEqual(await send([...post, "Content-Length: 16385"]), [413, tooLong, "close"]);
    assert.deepEqual(await send([get, "Host: app", "Content-Length: 16385"]), [
      413,
      tooLong,
      "close",
    ]);
    assert.deepEqual(await send([...post, "Transfer-Encoding: chunked"], chunked(json(16_385))), [
      413,
      "Request body is too large",
      "close",
    ]);
  });

  it("ends the connection after a refusal whose body it did not read, though it was to be kept", async () => {
    const answer = await exchange(
      port,
      "POST /echo HTTP/1.1\r\nHost: app\r\nContent-Length: 99999\r\n\r\n",
    );

    assert.equal(parseAnswer(answer).status, 413);
  });

  it("answers 408 to headers and to a body that do not arrive in time", async () => {
    const slow = anApp({ logLevel: "silent" }).app;
    slow.post("/echo", (request, reply) => reply.send({ got: request.body }));
    const slowPort = await listen(slow);
    slow.server.headersTimeout = 100;
    slow.server.requestTimeout = 200;

    const answers = await Promise.all(
      [
        "GET /healthz HTTP/1.1\r\nHost: app\r\n",
        "POST /echo HTTP/1.1\r\nHost: app\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
      ].map((bytes) => exchange(slowPort, bytes)),
    );
    await slow.close();

    for (const answer of answers) {
      const { status, body } = parseAnswer(answer);
      assert.equal(status, 408);
      assert.match(body, /"detail":"the request did not arrive in time, send it faster"/);
    }
  });

  it("is not what ends a connection that was kept for less than the keep-alive time", async () => {
    const socket = connect(port, "127.0.0.1");
    const heads: string[] = [];
    socket.setEncoding("utf8");
    for (let count = 0; count < 3; count += 1) {
      socket.write("GET /healthz HTTP/1.1\r\nHost: app\r\n\r\n");
      heads.push(await new Promise<string>((resolve) => socket.once("data", resolve)));
    }
    socket.destroy();

    for (const head of heads) {
      assert.match(head, /^HTTP\/1\.1 200 OK\r\n/);
      assert.match(head, /\r\nKeep-Alive: timeout=72\r\n/);
    }
  });
});
