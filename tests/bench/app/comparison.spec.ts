import assert from "node:assert/strict";
import {
  compare,
  type LoadMeasurement,
  type Logging,
  type ServerId,
} from "../../../bench/app/comparison";

/** Rounds of 1000 requests by requests a second and 99th percentile. */
function aMeasurement(
  server: ServerId,
  rates: readonly number[],
  p99s: readonly number[] = rates.map(() => 4),
  logging: Logging = "each",
): LoadMeasurement {
  const rounds = rates.map((requestsPerSecond, round) => ({
    requests: 1000,
    requestsPerSecond,
    p50Milliseconds: 1,
    p99Milliseconds: p99s[round] ?? NaN,
    cpuSeconds: 0.01 * (round + 1),
  }));
  return { server, label: `label of ${server}`, logging, rounds };
}

const bare = aMeasurement("bare", [1000, 2000, 4000]);

describe("compare", () => {
  it("makes a row of each measurement, its ratio taken round by round", () => {
    const { load } = compare([aMeasurement("service", [900, 2000, 3600]), bare], []);

    assert.deepEqual(load[0], {
      label: "label of service",
      logging: "each",
      requestsPerSecond: { median: 2000, lowest: 900, highest: 3600 },
      p99Milliseconds: { median: 4, lowest: 4, highest: 4 },
      cpuMicroseconds: 20,
      timesBare: { median: 0.9, lowest: 0.9, highest: 1 },
    });
    assert.deepEqual(load[1]?.timesBare, { median: 1, lowest: 1, highest: 1 });
  });

  it("compares like with like: a server with the bare one that logs as it does", () => {
    const quietBare = aMeasurement("bare", [4000, 4000, 4000], [2, 2, 2], "none");
    const quietService = aMeasurement("service", [3000, 3000, 3000], [4, 4, 4], "none");
    const { load, targets } = compare(
      [aMeasurement("service", [900, 1800, 3600]), bare, quietService, quietBare],
      [],
    );

    assert.deepEqual(
      load.map(({ timesBare }) => timesBare.median),
      [0.9, 1, 0.75, 1],
    );
    assert.deepEqual(
      targets.map(({ measured, reached, binding }) => [measured.median, reached, binding]),
      [
        [0.9, true, true],
        [1, true, true],
        [0.75, false, false],
        [2, false, false],
      ],
    );
  });

  const reached = (rates: readonly number[], p99s?: readonly number[]) =>
    compare([aMeasurement("service", rates, p99s), bare], []).targets.map((target) => [
      target.target,
      target.reached,
    ]);
  const rateTarget =
    "with each request logged, the service answers at least 0.90 times the requests of bare node:http";
  const p99Target =
    "with each request logged, its 99th percentile is at most 1.25 times that of bare node:http";

  it("reaches a target exactly at its limit, by the median of the rounds", () => {
    assert.deepEqual(reached([1, 1800, 3600], [5, 5, 500]), [
      [rateTarget, true],
      [p99Target, true],
    ]);
  });

  it("misses a target beyond its limit", () => {
    assert.deepEqual(reached([1000, 1799, 3598], [5.01, 5.01, 1]), [
      [rateTarget, false],
      [p99Target, false],
    ]);
  });

  it("shows the other peers beside the targets, where they were measured", () => {
    const routes = aMeasurement("routes", [1000, 2001, 4000]);
    const express = aMeasurement("express", [450, 1800, 1800]);
    const service = aMeasurement("service", [900, 1800, 3600]);
    const { targets } = compare([service, bare, express, routes], []);

    assert.deepEqual(targets.slice(2), [
      {
        target:
          "with each request logged, the service answers at least 0.90 times the requests of its routes on node:http",
        limit: 0.9,
        measured: { median: 0.9, lowest: 1800 / 2001, highest: 0.9 },
        reached: true,
        binding: false,
      },
      {
        target: "with each request logged, the service answers as many requests as Express",
        limit: 1,
        measured: { median: 2, lowest: 1, highest: 2 },
        reached: true,
        binding: false,
      },
    ]);
  });

  it("leaves processor time out where the system does not tell it", () => {
    const rounds = bare.rounds.map((round) => ({ ...round, cpuSeconds: undefined }));
    const { load } = compare([aMeasurement("service", [1, 1, 1]), { ...bare, rounds }], []);

    assert.equal(load[1]?.cpuMicroseconds, undefined);
  });

  it("sums starts up", () => {
    const { starts } = compare(
      [],
      [
        {
          server: "bare",
          label: "label of bare",
          readyMilliseconds: [90, 110, 70],
          restingRssBytes: [3, 1, 2],
        },
      ],
    );

    assert.deepEqual(starts, [
      {
        label: "label of bare",
        readyMilliseconds: { median: 90, lowest: 70, highest: 110 },
        restingRssBytes: { median: 2, lowest: 1, highest: 3 },
      },
    ]);
  });

  it("refuses measurements without a bare server to compare with", () => {
    assert.throws(
      () => compare([aMeasurement("service", [1])], []),
      new RangeError("a comparison needs the measurement of bare (logging: each)"),
    );
  });
});
