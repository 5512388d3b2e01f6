import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { type AnApp, anApp, listen, until } from "../an-app";

describe("/work", () => {
  const built: AnApp[] = [];
  const build = (maxMilliseconds: number, maxConcurrency = 4): AnApp => {
    const made = anApp({ work: { maxMilliseconds, maxConcurrency } });
    built.push(made);
    return made;
  };
  afterEach(async () => {
    await Promise.all(built.splice(0).map(({ app }) => app.close()));
  });
  const detailOf = (body: string): unknown => (JSON.parse(body) as { detail: unknown }).detail;

  it("takes the time that it is asked for and says how long a processor was busy", async () => {
    const { app } = build(1000);
    const answers = await Promise.all(
      ["/work?ms=20", "/work?ms=20&cpu=100", "/work?ms=20&cpu=0", "/work?ms=1&cpu=1"].map((url) =>
        app.inject(url),
      ),
    );
    const bodies = answers.map((answer) =>
      answer.json<{ milliseconds: number; cpuMilliseconds: number }>(),
    );

    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [200, 200, 200, 200],
    );
    // A timer may be up to a millisecond early.
    for (const { milliseconds } of bodies.slice(0, 3)) assert.ok(milliseconds >= 18);
    for (const { cpuMilliseconds } of bodies) assert.ok(cpuMilliseconds <= 21);
    assert.equal(bodies[2]?.cpuMilliseconds, 0);
    assert.deepEqual(Object.keys(bodies[3] ?? {}), ["milliseconds", "cpuMilliseconds"]);
  });

  it("is not there where it is switched off", async () => {
    for (const { app } of [build(0), anApp({ logLevel: "silent" })]) {
      const answer = await app.inject("/work?ms=1");

      assert.equal(answer.statusCode, 404);
      assert.equal(detailOf(answer.body), "there is nothing at this path");
    }
  });

  const ms = "allowed is a whole number from 1 to 50";
  const cpu = "allowed is a whole number from 0 to 100";
  const faults: readonly (readonly [string, string])[] = [
    ["", `ms is missing, ${ms}`],
    ["?ms=", `ms is "", ${ms}`],
    ["?ms=0", `ms is "0", ${ms}`],
    ["?ms=51", `ms is "51", ${ms}`],
    ["?ms=1.5", `ms is "1.5", ${ms}`],
    ["?ms=-1", `ms is "-1", ${ms}`],
    ["?ms=1e1", `ms is "1e1", ${ms}`],
    ["?ms=0x1", `ms is "0x1", ${ms}`],
    ["?ms=9999999999999999", `ms is "9999999999999999", ${ms}`],
    ["?ms=1&ms=2", `ms is ["1","2"], ${ms}`],
    ["?ms=1&cpu=101", `cpu is "101", ${cpu}`],
    ["?ms=1&cpu=0.5", `cpu is "0.5", ${cpu}`],
    [
      "?ms=51&cpu=a&CPU=1",
      `"CPU" is not a parameter, allowed are ms and cpu, correct its name or remove it; ms is "51", ${ms}; cpu is "a", ${cpu}`,
    ],
    [
      "?ms=1&__proto__=1",
      '"__proto__" is not a parameter, allowed are ms and cpu, correct its name or remove it',
    ],
  ];
  for (const [query, detail] of faults) {
    it(`answers 400 to /work${query} and names what is allowed`, async () => {
      const answer = await build(50).app.inject(`/work${query}`);

      assert.equal(answer.statusCode, 400);
      assert.equal(detailOf(answer.body), detail);
    });
  }

  it("accepts both ends of its range", async () => {
    const { app } = build(50);

    for (const query of ["ms=1&cpu=0", "ms=50&cpu=100"]) {
      assert.equal((await app.inject(`/work?${query}`)).statusCode, 200);
    }
  });

  it("answers health checks while as many are at work as are allowed, and 503 to one more", async () => {
    const { app } = build(60_000, 2);
    const port = await listen(app);
    const begin = async () => {
      const socket = connect(port, "127.0.0.1");
      await once(socket, "connect");
      socket.write("GET /work?ms=60000&cpu=100 HTTP/1.1\r\nHost: app\r\n\r\n");
      return socket;
    };
    const sockets = await Promise.all([begin(), begin()]);
    const refused = await until(async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/work?ms=1`);
      return answer.status === 503 ? answer : (await answer.text(), undefined);
    });
    const started = performance.now();
    const health = await fetch(`http://127.0.0.1:${port}/healthz`);

    assert.equal(refused.headers.get("retry-after"), "1");
    assert.equal(detailOf(await refused.text()), "2 are at work, allowed are 2, ask again in 1 s");
    assert.equal(health.status, 200);
    assert.ok(performance.now() - started < 2000);
    for (const socket of sockets) socket.destroy();
  });

  it("is abandoned when its client goes away, which the log and the metrics say", async () => {
    const { app, logged } = build(60_000, 1);
    const port = await listen(app);
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.write("GET /work?ms=60000&cpu=10 HTTP/1.1\r\nHost: app\r\n\r\n");
    await until(async () =>
      (await app.inject("/metrics")).body.includes("http_requests_in_flight 2\n")
        ? true
        : undefined,
    );

    socket.destroy();
    const line = await until(() => logged.find(({ msg }) => msg === "client went away"));
    const next = await until(async () => {
      const answer = await app.inject("/work?ms=1");
      return answer.statusCode === 200 ? answer : undefined;
    });
    const metrics = (await app.inject("/metrics")).body;

    assert.deepEqual([line["status"], line["path"], line["level"]], [499, "/work", "info"]);
    assert.equal(next.statusCode, 200);
    assert.match(metrics, /^http_requests_in_flight 1$/m);
    assert.match(metrics, /^http_requests_total\{method="GET",route="\/work",code="499"\} 1$/m);
  });

  it("is in flight for a drain, and done before the service has closed", async () => {
    const { app, logged } = build(1000);
    const port = await listen(app);
    const answered = fetch(`http://127.0.0.1:${port}/work?ms=100&cpu=0`);
    await until(async () =>
      (await app.inject("/metrics")).body.includes("http_requests_in_flight 2\n")
        ? true
        : undefined,
    );

    await app.close();
    const answer = await answered;

    assert.equal(answer.status, 200);
    assert.equal(logged.at(-1)?.["path"], "/work");
  });
});
