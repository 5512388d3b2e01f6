import assert from "node:assert/strict";
import { costAssumptions } from "../../capacity/cost-assumptions";
import { capacityUnitHours } from "../../capacity/load-balancer-capacity";
import { aRun } from "./a-run";

const small = { ...costAssumptions, bytesPerRequest: 0 };

describe("capacityUnitHours", () => {
  it("counts 25 new connections a second as one unit", () => {
    const { series } = aRun({ seconds: 2 * 3600, requestsPerSecond: 50, p50Milliseconds: 10 });
    assert.equal(capacityUnitHours(series, small), 4);
  });

  it("counts a GB an hour as one unit where requests are large", () => {
    const { series } = aRun({ requestsPerSecond: 1 });
    const bytesPerRequest = 1_000_000;
    assert.equal(capacityUnitHours(series, { ...costAssumptions, bytesPerRequest }), 3.6);
  });

  it("counts 3000 active connections as one unit where requests are slow", () => {
    const { series } = aRun({ requestsPerSecond: 10, p50Milliseconds: 600_000 });
    assert.equal(capacityUnitHours(series, small), 2);
  });

  it("takes the largest dimension of each hour alone", () => {
    const { series } = aRun({ seconds: 2 * 3600, requestsPerSecond: 0 });
    series.requestsPerSecond.fill(25, 0, 60);
    series.requestsPerSecond.fill(1, 60);
    series.p50Milliseconds.fill(6_000_000, 60);
    // The first hour is one unit of connections, the second 6000 active connections: two.
    assert.equal(capacityUnitHours(series, small), 3);
  });

  it("counts a part of an hour as its part", () => {
    const { series } = aRun({ seconds: 5400, requestsPerSecond: 25 });
    assert.equal(capacityUnitHours(series, small), 1.5);
  });

  it("is the same for every length of a sample", () => {
    const of = (sampleSeconds: number) =>
      capacityUnitHours(
        aRun({ seconds: 7200, requestsPerSecond: 40, sampleSeconds }).series,
        small,
      );
    assert.deepEqual(
      [of(10), of(60), of(300)].map((hours) => hours.toFixed(9)),
      ["3.200000000", "3.200000000", "3.200000000"],
    );
  });
});
