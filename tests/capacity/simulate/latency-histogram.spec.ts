import assert from "node:assert/strict";
import { LatencyBins, LatencyHistogram } from "../../../capacity/simulate/latency-histogram";
import { ResponseTime } from "../../../capacity/simulate/response-time";

function unhindered(rate: number): ResponseTime {
  const response = new ResponseTime(Infinity);
  response.set(rate, 1000, 1);
  return response;
}

function closeTo(actual: number, expected: number, share = 0.01): void {
  assert.ok(Math.abs(actual / expected - 1) < share, `${actual} is not about ${expected}`);
}

describe("LatencyHistogram", () => {
  const bins = new LatencyBins(10, 10);

  it("gives the quantiles of an exponential service time", () => {
    const histogram = new LatencyHistogram(bins);
    histogram.add(1000, unhindered(10), 0);
    closeTo(histogram.quantile(0.5), 0.1 * Math.log(2));
    closeTo(histogram.quantile(0.95), 0.1 * Math.log(20));
    closeTo(histogram.quantile(0.99), 0.1 * Math.log(100));
  });

  it("gives the quantiles of requests that wait, with those that do not", () => {
    const histogram = new LatencyHistogram(bins);
    const busy = new ResponseTime(Infinity);
    busy.set(10, 1, 6);
    histogram.add(500, busy, 0);
    closeTo(histogram.quantile(0.5), 0.25 * Math.log(2));
    closeTo(histogram.quantile(0.99), 0.25 * Math.log(100));
    histogram.add(49_500, unhindered(10), 0);
    closeTo(histogram.quantile(0.5), 0.1 * Math.log(2), 0.02);
  });

  it("adds the backlog to every request", () => {
    const histogram = new LatencyHistogram(bins);
    histogram.add(10, unhindered(10), 5);
    closeTo(histogram.quantile(0.5), 5 + 0.1 * Math.log(2), 0.03);
    assert.ok(histogram.quantile(1e-6) >= 4.75);
  });

  it("weighs what is merged by its requests and forgets what is cleared", () => {
    const one = new LatencyHistogram(bins);
    const other = new LatencyHistogram(bins);
    one.add(98, unhindered(10), 0);
    other.add(2, unhindered(10), 8);
    one.merge(other);
    other.clear();
    closeTo(one.quantile(0.99), 8 + 0.1 * Math.log(2), 0.03);
    assert.equal(other.quantile(0.99), 0);
  });

  it("takes what is above its last edge and is 0 without requests", () => {
    const histogram = new LatencyHistogram(bins);
    assert.equal(histogram.quantile(0.5), 0);
    histogram.add(1, unhindered(10), 1000);
    assert.ok(histogram.quantile(0.5) >= 40);
  });
});
