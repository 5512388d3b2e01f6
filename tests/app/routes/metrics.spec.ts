import assert from "node:assert/strict";
import { type App, anApp } from "../an-app";

describe("/metrics", () => {
  let app: App;
  beforeEach(() => {
    ({ app } = anApp({ logLevel: "silent" }));
  });
  afterEach(() => app.close());

  const totalsOf = (body: string): readonly string[] =>
    body.split("\n").filter((line) => line.startsWith("http_requests_total{"));

  it("has the requests and the process in Prometheus' text format", async () => {
    await app.inject("/");
    await app.inject({ method: "HEAD", url: "/healthz" });
    const answer = await app.inject("/metrics");

    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    assert.deepEqual(totalsOf(answer.body), [
      'http_requests_total{method="GET",route="/",code="200"} 1',
      'http_requests_total{method="HEAD",route="/healthz",code="200"} 1',
    ]);
    assert.match(answer.body, /^http_requests_in_flight 1$/m);
    assert.match(answer.body, /^nodejs_eventloop_lag_p99_seconds [0-9.e-]+$/m);
    assert.match(answer.body, /^process_cpu_seconds_total [0-9.e-]+$/m);
    for (const line of answer.body.split("\n")) {
      assert.match(line, /^$|^# (HELP|TYPE) \w+ .+$|^\w+(\{[^{}]*\})? (-?[0-9.e+-]+|Nan|\+Inf)$/);
    }
  });

  it("has no more series for any number of paths and queries", async () => {
    for (let count = 0; count < 20; count += 1) {
      await app.inject(`/nothing/${count}?a=${count}`);
      await app.inject(`/?a=${count}`);
      await app.inject(`/%zz${count}`);
    }

    assert.deepEqual(totalsOf((await app.inject("/metrics")).body), [
      'http_requests_total{method="GET",route="unmatched",code="404"} 20',
      'http_requests_total{method="GET",route="/",code="200"} 20',
      'http_requests_total{method="GET",route="unmatched",code="400"} 20',
    ]);
  });

  it("is not there for who comes through a load balancer", async () => {
    const answer = await app.inject({
      url: "/metrics",
      headers: { "x-forwarded-for": "203.0.113.7" },
    });

    assert.equal(answer.statusCode, 404);
    assert.equal(answer.json<{ detail: string }>().detail, "there is nothing at this path");
  });
});
