import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { refuseTunnel } from "../../app/src/client-error";
import { type AnApp, anApp, listen, parseAnswer, until } from "./an-app";

describe("client errors", () => {
  let built: AnApp;
  let port: number;
  beforeEach(async () => {
    built = anApp();
    port = await listen(built.app);
  });
  afterEach(() => built.app.close());

  const detailOf = (body: string): unknown => (JSON.parse(body) as { detail: unknown }).detail;

  // What follows is the parser's, whose words change with Node.
  const invalid = /^the request is not valid HTTP: [A-Z]/;
  const refusals: readonly (readonly [string, string, number, string | RegExp])[] = [
    ["no HTTP at all", "hello\r\n\r\n", 400, invalid],
    ["another protocol's greeting", "\u0016\u0003\u0001\u0002\u0000\u0001", 400, invalid],
    ["HTTP/2 without TLS", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, invalid],
    ["a version that does not exist", "GET / HTTP/9.9\r\nHost: app\r\n\r\n", 400, invalid],
    ["a header without a colon", "GET / HTTP/1.1\r\nHost\r\n\r\n", 400, invalid],
    [
      "two lengths, with which requests are smuggled",
      "POST / HTTP/1.1\r\nHost: app\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      400,
      invalid,
    ],
    [
      "a length beside chunks, with which requests are smuggled",
      "POST / HTTP/1.1\r\nHost: app\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
      400,
      invalid,
    ],
    [
      "headers above 16 KiB",
      `GET / HTTP/1.1\r\nHost: app\r\na: ${"x".repeat(16_384)}\r\n\r\n`,
      431,
      "request line and headers may have 16384 bytes, send less",
    ],
    [
      "CONNECT",
      "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n",
      501,
      "this service is no proxy, ask it for a path",
    ],
    [
      "an expectation",
      "GET /healthz HTTP/1.1\r\nHost: app\r\nExpect: tea\r\n\r\n",
      417,
      'the expectation is "tea", allowed is "100-continue", remove it',
    ],
  ];
  for (const [what, bytes, expected, detail] of refusals) {
    it(`answers ${expected} to ${what} and ends the connection`, async () => {
      const answer = parseAnswer(await exchangeAndEnd(port, bytes));

      assert.equal(answer.status, expected);
      assert.equal(answer.headers["content-type"], "application/problem+json; charset=utf-8");
      assert.equal(answer.headers["connection"], "close");
      if (typeof detail === "string") assert.equal(detailOf(answer.body), detail);
      else assert.match(String(detailOf(answer.body)), detail);
      assert.match(answer.headers["x-request-id"] ?? "", /^[0-9a-f-]{36}$/);
      assert.ok(
        (JSON.parse(answer.body) as { instance: string }).instance.endsWith(
          `#${answer.headers["x-request-id"] ?? ""}`,
        ),
      );
    });
  }

  /** Ends its side once the answer has begun, as a polite client does. */
  async function exchangeAndEnd(to: number, bytes: string): Promise<string> {
    const socket = connect(to, "127.0.0.1");
    await once(socket, "connect");
    socket.once("readable", () => socket.end());
    socket.write(Buffer.from(bytes, "latin1"));
    return text(socket);
  }

  it("says why in the log, without what the client sent", async () => {
    const answer = parseAnswer(await exchangeAndEnd(port, "hunter2\r\n\r\n"));
    const [line = {}] = built.logged.filter((logged) => logged["status"] === 400);

    assert.deepEqual(
      [line["level"], line["msg"], line["reqId"], line["reason"]],
      [
        "info",
        "refused before it was a request",
        answer.headers["x-request-id"],
        detailOf(answer.body),
      ],
    );
    assert.doesNotMatch(JSON.stringify(built.logged), /hunter2/);
  });

  it("lets a client that is still sending read why it is refused", async () => {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.write(`GET / HTTP/1.1\r\nHost: app\r\na: ${"x".repeat(1024 * 1024)}`);

    assert.equal(parseAnswer(await text(socket)).status, 431);
  });

  it("ends a connection that its client leaves open", async () => {
    const countConnections = () =>
      new Promise<number>((resolve, reject) => {
        built.app.server.getConnections((error, count) => {
          if (error === null) resolve(count);
          else reject(error);
        });
      });
    const sockets = ["hello\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"].map((bytes) => {
      const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
      socket.on("error", () => undefined).resume();
      socket.write(bytes);
      return socket;
    });
    await Promise.all(sockets.map((socket) => once(socket, "end")));

    assert.equal(await countConnections(), 2);
    await until(async () => ((await countConnections()) === 0 ? true : undefined));
    for (const socket of sockets) socket.destroy();
  });

  it("discards what comes after CONNECT, and survives when its client is gone", async () => {
    const connection = new PassThrough();

    refuseTunnel(connection, built.app.log);
    assert.equal(connection.readableFlowing, true);

    connection.destroy(new Error("reset"));
    await new Promise((resolve) => connection.once("close", resolve));
  });

  it("adds nothing to an answer whose head has left", async () => {
    const other = anApp({ logLevel: "silent" });
    const body = new PassThrough();
    other.app.get("/stream", (_request, reply) => reply.send(body));
    const otherPort = await listen(other.app);
    const socket = connect(otherPort, "127.0.0.1");
    await once(socket, "connect");
    socket.write("GET /stream HTTP/1.1\r\nHost: app\r\n\r\n");
    body.write("begin");
    const chunks: string[] = [];
    socket.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
    await until(() => (chunks.join("").includes("begin") ? true : undefined));

    const closed = once(socket, "close");
    socket.write("this is not HTTP\r\n\r\n");
    await closed;
    body.destroy();
    await other.app.close();

    assert.doesNotMatch(chunks.join(""), /400/);
  });

  it("survives a connection that is reset", async () => {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.write("GET / HTTP/1.1\r\nHost: app\r\na: ");
    socket.resetAndDestroy();

    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);

    assert.equal(answer.status, 200);
  });
});
