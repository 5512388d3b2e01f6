import assert from "node:assert/strict";
import fc from "fast-check";
import { RequestMetrics } from "../../app/src/request-metrics";

interface Ended {
  readonly method: string;
  readonly route: string | undefined;
  readonly status: number;
  readonly seconds: number;
}

function metricsOf(requests: readonly Ended[]): RequestMetrics {
  const metrics = new RequestMetrics();
  for (const request of requests) {
    metrics.begin();
    metrics.end(request);
  }
  return metrics;
}

const samples = (metrics: RequestMetrics): readonly string[] =>
  metrics
    .render()
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));

describe("RequestMetrics", () => {
  it("renders what Prometheus reads before there was any request", () => {
    assert.equal(
      new RequestMetrics().render(),
      [
        "# HELP http_requests_total Requests by method, route pattern and status, 499 where the client went away.",
        "# TYPE http_requests_total counter",
        "",
        "# HELP http_request_duration_seconds Time from the headers of a request to the end of its answer.",
        "# TYPE http_request_duration_seconds histogram",
        "",
        "# HELP http_requests_in_flight Requests that are not answered yet, with the one that asks.",
        "# TYPE http_requests_in_flight gauge",
        "http_requests_in_flight 0",
        "",
      ].join("\n"),
    );
  });

  it("counts by method, route and status, with a duration on a bound below it", () => {
    const metrics = metricsOf([
      { method: "GET", route: "/", status: 200, seconds: 0.001 },
      { method: "GET", route: "/", status: 200, seconds: 0.0011 },
      { method: "GET", route: "/", status: 200, seconds: 10.5 },
    ]);
    const labels = 'method="GET",route="/",code="200"';

    assert.deepEqual(samples(metrics), [
      `http_requests_total{${labels}} 3`,
      ...[
        ["0.001", 1],
        ["0.0025", 2],
        ["0.005", 2],
        ["0.01", 2],
        ["0.025", 2],
        ["0.05", 2],
        ["0.1", 2],
        ["0.25", 2],
        ["0.5", 2],
        ["1", 2],
        ["2.5", 2],
        ["5", 2],
        ["10", 2],
        ["+Inf", 3],
      ].map(
        ([bound, count]) =>
          `http_request_duration_seconds_bucket{${labels},le="${bound}"} ${count}`,
      ),
      `http_request_duration_seconds_sum{${labels}} 10.5021`,
      `http_request_duration_seconds_count{${labels}} 3`,
      "http_requests_in_flight 0",
    ]);
  });

  it("keeps the number of series bounded: no path, and one name for odd methods", () => {
    const metrics = metricsOf([
      { method: "PROPFIND", route: undefined, status: 404, seconds: 0 },
      { method: "LOCK", route: undefined, status: 404, seconds: 0 },
      { method: "GET", route: undefined, status: 404, seconds: 0 },
    ]);

    assert.deepEqual(
      samples(metrics).filter((line) => line.startsWith("http_requests_total")),
      [
        'http_requests_total{method="other",route="unmatched",code="404"} 2',
        'http_requests_total{method="GET",route="unmatched",code="404"} 1',
      ],
    );
  });

  it("escapes a route pattern", () => {
    const metrics = metricsOf([
      { method: "GET", route: '/:id(^\\d"\n$)', status: 200, seconds: 0 },
    ]);

    assert.equal(
      samples(metrics)[0],
      String.raw`http_requests_total{method="GET",route="/:id(^\\d\"\n$)",code="200"} 1`,
    );
  });

  it("has as many requests in flight as have begun and not ended", () => {
    const metrics = new RequestMetrics();
    metrics.begin();
    metrics.begin();
    metrics.end({ method: "GET", route: "/", status: 200, seconds: 0 });

    assert.equal(metrics.inFlight, 1);
    assert.equal(samples(metrics).at(-1), "http_requests_in_flight 1");
  });

  it("has buckets that never fall, end in the count and sum up to all requests", () => {
    const request = fc.record({
      method: fc.constantFrom("GET", "POST", "TRACE", "LOCK"),
      route: fc.constantFrom("/", "/work", undefined),
      status: fc.constantFrom(200, 404, 503),
      seconds: fc.double({ min: 0, max: 20, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(request), (requests) => {
        const lines = samples(metricsOf(requests));
        const valuesOf = (start: string) =>
          lines
            .filter((line) => line.startsWith(start))
            .map((line) => Number(line.split(" ").at(-1)));
        const counts = valuesOf("http_requests_total");
        const buckets = valuesOf("http_request_duration_seconds_bucket");

        assert.equal(
          counts.reduce((sum, count) => sum + count, 0),
          requests.length,
        );
        assert.deepEqual(valuesOf("http_request_duration_seconds_count"), counts);
        counts.forEach((count, index) => {
          const own = buckets.slice(index * 14, index * 14 + 14);
          assert.deepEqual(
            own,
            [...own].sort((a, b) => a - b),
          );
          assert.equal(own.at(-1), count);
        });
        assert.equal(buckets.length, counts.length * 14);
      }),
      { seed: 5, numRuns: 100 },
    );
  });
});
