import assert from "node:assert/strict";
import fc from "fast-check";
import { generateLoad } from "../../../tools/simulate/generate-load";
import { shapes } from "../../../tools/simulate/shapes";

const DAY = 86_400;

describe("generateLoad", () => {
  const noisy = (seed: number, noise = 0.3) =>
    generateLoad({
      name: "noise",
      shape: shapes.noise,
      settings: { base: 20, peak: 100, seconds: DAY, own: {} },
      noise,
      seed,
    });

  it("begins on Monday, 5 January 2026, in steps of ten seconds", () => {
    const { startsAt, stepSeconds, requests } = noisy(1);

    assert.deepEqual(
      [new Date(startsAt * 1000).toUTCString(), stepSeconds, requests.length],
      ["Mon, 05 Jan 2026 00:00:00 GMT", 10, 8640],
    );
  });

  it("gives the same load for the same seed, and another for another", () => {
    assert.deepEqual(noisy(7).requests, noisy(7).requests);
    assert.notDeepEqual(noisy(7).requests, noisy(8).requests);
  });

  it("wavers about the shape by the noise, and not at all without", () => {
    const { requests } = noisy(3, 0.1);
    const rates = requests.map((count) => count / 10);
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    const variance = rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / rates.length;

    assert.ok(Math.abs(mean - 50) < 0.5, String(mean));
    assert.ok(
      Math.abs(Math.sqrt(variance) / mean - 0.1) < 0.01,
      String(Math.sqrt(variance) / mean),
    );
    assert.deepEqual(new Set(noisy(3, 0).requests), new Set([500]));
  });

  it("never goes below zero, whatever the noise", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) =>
        noisy(seed, 1).requests.every((count) => count >= 0 && Number.isFinite(count)),
      ),
      { numRuns: 20 },
    );
  });
});
