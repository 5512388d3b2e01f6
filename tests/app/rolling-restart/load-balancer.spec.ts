import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { LoadBalancer } from "./load-balancer";
import type { Answer, TargetGroup } from "./target";

/** Times that are over quickly where a test waits for them, and never where it does not. */
const never = 60_000;
const settings: TargetGroup = {
  healthCheck: {
    path: "/ready",
    intervalMilliseconds: 10,
    timeoutMilliseconds: never,
    healthyThreshold: 3,
    unhealthyThreshold: 2,
  },
  deregistrationDelayMilliseconds: never,
  idleTimeoutMilliseconds: never,
};

/** A target that a test plays: every request that is no health check waits for it. */
class Backend {
  readonly #requests = new EventEmitter();
  readonly sockets: Socket[] = [];
  /** Answers of the health check, one after the other; the last one stays, and none is no answer. */
  readiness: number[] = [200];
  checks = 0;
  listener: RequestListener = (_request, response) => response.end();

  private constructor(private readonly server: Server) {
    server.on("request", (request, response: ServerResponse) => {
      if (request.url === "/ready") {
        this.checks += 1;
        const [status] = this.readiness;
        if (this.readiness.length > 1) this.readiness.shift();
        if (status !== undefined) response.writeHead(status).end();
        return;
      }
      this.sockets.push(request.socket);
      this.listener(request, response);
      this.#requests.emit("request", response);
    });
  }

  static async start(): Promise<Backend> {
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    return new Backend(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get requests(): number {
    return this.sockets.length;
  }

  async request(): Promise<ServerResponse> {
    const [response] = (await once(this.#requests, "request")) as [ServerResponse];
    return response;
  }

  async end(): Promise<void> {
    if (!this.server.listening) return;
    this.server.close().closeAllConnections();
    await once(this.server, "close");
  }
}

describe("LoadBalancer", () => {
  const backends: Backend[] = [];
  const balancers: LoadBalancer[] = [];

  const backend = async (): Promise<Backend> => {
    const started = await Backend.start();
    backends.push(started);
    return started;
  };
  const balance = (differences: Partial<TargetGroup> = {}): LoadBalancer => {
    const balancer = new LoadBalancer({ ...settings, ...differences });
    balancers.push(balancer);
    return balancer;
  };
  const checkedEvery = (
    differences: Partial<TargetGroup["healthCheck"]>,
  ): Partial<TargetGroup> => ({ healthCheck: { ...settings.healthCheck, ...differences } });
  afterEach(async () => {
    for (const balancer of balancers.splice(0)) balancer.close();
    await Promise.all(backends.splice(0).map((each) => each.end()));
  });

  const given = ({ status, fault }: Answer) => [status, fault];
  const hold = () => undefined;

  it("answers 503 without a target, and while the only one has passed no health check", async () => {
    const balancer = balance();
    const target = await backend();
    const without = await balancer.send("/");
    balancer.register(target.port);
    const unchecked = await balancer.send("/");

    assert.deepEqual(given(without), [503, "no registered target"]);
    assert.deepEqual(given(unchecked), [503, "no registered target"]);
    assert.equal(target.requests, 0);
  });

  it("sends to a new target after one passed check, and to all healthy ones in turn", async () => {
    const balancer = balance();
    const [first, second] = [await backend(), await backend()];
    first.readiness = [503, 200];

    await Promise.all(
      [first, second].map(({ port }) => balancer.register(port).becomes("healthy")),
    );
    const checks = first.checks;
    const answers = [];
    for (let index = 0; index < 6; index += 1) answers.push(await balancer.send("/"));

    assert.ok(checks >= 2, `${checks} checks`);
    assert.deepEqual([first.requests, second.requests], [3, 3]);
    assert.deepEqual(answers.map(given), Array(6).fill([200, undefined]));
  });

  it("leaves a target alone after as many failed checks in a row, until as many are passed", async () => {
    const balancer = balance();
    const [flapping, steady] = [await backend(), await backend()];
    flapping.readiness = [200, 503, 200, 503, 503, 200, 200, 200];
    await balancer.register(steady.port).becomes("healthy");
    const target = balancer.register(flapping.port);

    await target.becomes("healthy");
    await target.becomes("unhealthy");
    const failed = flapping.checks;
    await target.becomes("healthy");
    const passed = flapping.checks;

    assert.deepEqual([failed, passed], [5, 8]);
  });

  it("takes no answer in time for a failed check, and knows that it may be its own fault", async () => {
    const onTime = balance(checkedEvery({ intervalMilliseconds: never }));
    const late = balance(checkedEvery({ timeoutMilliseconds: 5 }));
    const [answering, silent] = [await backend(), await backend()];
    silent.readiness = [];

    await onTime.register(answering.port).becomes("healthy");
    const target = late.register(silent.port);
    await target.becomes("unhealthy");

    assert.deepEqual([onTime.keptTime, late.keptTime], [true, false]);
    assert.equal(target.timedOutChecks, 2);
  });

  it("sends to unhealthy targets where none is healthy", async () => {
    const balancer = balance();
    const server = await backend();
    server.readiness = [503];
    await balancer.register(server.port).becomes("unhealthy");

    assert.deepEqual(given(await balancer.send("/")), [200, undefined]);
  });

  it("keeps connections and sends the next request on one", async () => {
    const balancer = balance();
    const server = await backend();
    await balancer.register(server.port).becomes("healthy");

    await balancer.send("/");
    await balancer.send("/");

    assert.equal(server.requests, 2);
    assert.equal(new Set(server.sockets).size, 1);
  });

  it("answers 502 and tries no other target where a connection is closed without an answer", async () => {
    const balancer = balance();
    const [broken, steady] = [await backend(), await backend()];
    broken.listener = ({ socket }) => socket.destroy();
    steady.listener = broken.listener;
    await Promise.all(
      [broken, steady].map(({ port }) => balancer.register(port).becomes("healthy")),
    );

    assert.deepEqual(given(await balancer.send("/")), [502, "ECONNRESET"]);
    assert.equal(broken.requests + steady.requests, 1);
  });

  it("answers 502 where an answer breaks off and where a connection is refused", async () => {
    const balancer = balance(checkedEvery({ unhealthyThreshold: 1000 }));
    const server = await backend();
    server.listener = (_request, response) => {
      response.writeHead(200, { "content-length": 10 });
      response.write("half", () => response.destroy());
    };
    await balancer.register(server.port).becomes("healthy");

    const broken = await balancer.send("/");
    await server.end();
    const refused = await balancer.send("/");

    assert.deepEqual(given(broken), [502, "within the answer: ECONNRESET"]);
    assert.deepEqual(given(refused), [502, "ECONNREFUSED"]);
  });

  it("answers 504 where no byte comes within the idle timeout", async () => {
    const balancer = balance({ idleTimeoutMilliseconds: 20 });
    const server = await backend();
    server.listener = hold;
    await balancer.register(server.port).becomes("healthy");

    assert.deepEqual(given(await balancer.send("/")), [504, "no answer within the idle timeout"]);
  });

  it("sends nothing new to a deregistered target and lets it finish what is in flight", async () => {
    const balancer = balance();
    const server = await backend();
    server.listener = hold;
    const target = balancer.register(server.port);
    await target.becomes("healthy");
    const received = server.request();
    const answer = balancer.send("/");
    const response = await received;
    assert.deepEqual([...target.inFlight], [1]);

    void target.deregister().catch(() => undefined);
    const next = await balancer.send("/");
    response.end();

    assert.deepEqual(given(next), [503, "no registered target"]);
    assert.deepEqual(given(await answer), [200, undefined]);
    assert.deepEqual([target.state, target.inFlight.size, server.requests], ["draining", 0, 1]);
  });

  it("answers 502 for what is still in flight when the deregistration delay is over", async () => {
    const balancer = balance({ deregistrationDelayMilliseconds: 20 });
    const server = await backend();
    server.listener = hold;
    const target = balancer.register(server.port);
    await target.becomes("healthy");
    const answer = balancer.send("/");

    await target.deregister();

    assert.equal(target.state, "unused");
    assert.deepEqual(given(await answer), [502, "ECONNRESET"]);
    await assert.rejects(
      target.becomes("healthy"),
      new Error("the target left before it became healthy"),
    );
  });
});
