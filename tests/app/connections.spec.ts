import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { buildApp } from "../../app/src/app";
import { Readiness } from "../../app/src/readiness";
import { unplacedResponder } from "../../app/src/responder";

describe("endConnectionsPolitely", () => {
  let app: ReturnType<typeof buildApp>;
  let readiness: Readiness;
  let agent: Agent;

  beforeEach(() => {
    readiness = new Readiness();
    app = buildApp({
      responder: () => unplacedResponder("1.2.3", "laptop"),
      readiness,
      logLevel: "silent",
      // Longer than a test may take: a connection that is left to its timeout fails the test.
      keepAliveMilliseconds: 72_000,
    });
    agent = new Agent({ keepAlive: true });
  });
  afterEach(async () => {
    agent.destroy();
    await app.close();
  });

  const listen = async (): Promise<number> => {
    await app.listen({ host: "127.0.0.1", port: 0 });
    return (app.server.address() as AddressInfo).port;
  };
  const request = async (port: number, path: string): Promise<IncomingMessage> => {
    const [response] = (await once(get({ host: "127.0.0.1", port, path, agent }), "response")) as [
      IncomingMessage,
    ];
    return response;
  };
  /** Resolves once the listener is gone: a new connection is refused, or reset where it was just accepted. */
  const isClosing = (port: number): Promise<void> =>
    assert.rejects(request(port, "/"), /ECONNREFUSED|ECONNRESET/);

  it("keeps connections while ready and gives them up while draining", async () => {
    readiness.becomeReady();
    const ready = await app.inject("/");
    readiness.startDraining();
    const draining = await Promise.all(
      ["/", "/healthz", "/readyz", "/nothing"].map((url) => app.inject(url)),
    );

    assert.equal(ready.headers.connection, "keep-alive");
    assert.deepEqual(
      draining.map((response) => [response.statusCode, response.headers.connection]),
      [
        [200, "close"],
        [200, "close"],
        [503, "close"],
        [404, "close"],
      ],
    );
  });

  it("finishes a request in flight before it has closed", async () => {
    const reached = new PassThrough();
    const order: string[] = [];
    let finish: (body: string) => void = () => assert.fail("the route is not reached");
    app.get("/slow", () => {
      reached.end();
      return new Promise<string>((resolve) => (finish = resolve));
    });
    const port = await listen();

    const answered = request(port, "/slow");
    await once(reached.resume(), "end");
    const closed = app.close().then(() => order.push("closed"));
    await isClosing(port);
    order.push("finished");
    finish("done");
    const response = await answered;
    const body = await text(response);
    await closed;

    assert.equal(response.statusCode, 200);
    assert.equal(response.headers.connection, "close");
    assert.equal(body, "done");
    assert.deepEqual(order, ["finished", "closed"]);
  });

  it("ends a connection whose answer promised to keep it before the drain", async () => {
    const body = new PassThrough();
    app.get("/stream", (_request, reply) => reply.send(body));
    const port = await listen();

    body.write("begin ");
    const response = await request(port, "/stream");
    readiness.startDraining();
    const closed = app.close();
    await isClosing(port);
    body.end("end");
    const received = await text(response);
    await closed;

    assert.equal(response.headers.connection, "keep-alive");
    assert.equal(received, "begin end");
  });

  it("does not wait for a connection without a request", async () => {
    const port = await listen();
    const silent = connect(port, "127.0.0.1");
    await once(app.server, "connection");

    const hungUp = once(silent.resume(), "close");
    await app.close();

    await hungUp;
  });
});
