import assert from "node:assert/strict";
import type { Load } from "../../../capacity/simulate/load";
import {
  firstDays,
  peakRate,
  requestsPerSecondAtTarget,
  scaleLoad,
  scaleToTasks,
} from "../../../tools/simulate/scale-load";
import { aModel } from "./small-run";

const aLoad = (requests: readonly number[], stepSeconds = 60): Load => ({
  name: "some",
  startsAt: 0,
  stepSeconds,
  requests: Float64Array.from(requests),
});

describe("requestsPerSecondAtTarget", () => {
  const { service, workload, ...others } = aModel();
  const rate = (policies: typeof service.policies) =>
    requestsPerSecondAtTarget({ ...others, workload, service: { ...service, policies } });
  const [cpu, requests] = service.policies as [
    (typeof service.policies)[0],
    (typeof service.policies)[0],
  ];

  it("is what the first of the policies allows", () => {
    // 60 % of half a vCPU at 18 ms a request, and 1000 requests a minute: the same.
    assert.equal(rate([cpu]).toFixed(6), "16.666667");
    assert.equal(rate([requests]).toFixed(6), "16.666667");
    assert.equal(rate([{ ...cpu, target: 30 }, requests]).toFixed(6), "8.333333");
    assert.equal(rate([cpu, { ...requests, target: 60 }]).toFixed(6), "1.000000");
  });

  it("counts with 60 % of the CPU where nothing scales", () => {
    assert.equal(rate([]).toFixed(6), "16.666667");
  });
});

describe("peakRate", () => {
  it("is the highest minute, or the highest step where that is longer", () => {
    const uneven = aLoad([0, 600, 0, 0, 0, 0, 0, 0], 10);

    assert.equal(peakRate(uneven), 10);
    assert.equal(peakRate(aLoad([300, 900, 0], 300)), 3);
    assert.equal(peakRate(aLoad([50, 10], 10)), 3);
    assert.equal(peakRate(aLoad([0, 0])), 0);
  });
});

describe("scaleLoad and scaleToTasks", () => {
  it("multiply every step", () => {
    assert.deepEqual(scaleLoad(aLoad([1, 2]), 3).requests, Float64Array.of(3, 6));
  });

  it("bring the peak to what the tasks serve at their target, and leave an empty load", () => {
    const scaled = scaleToTasks(aLoad([60, 120]), 12, aModel());

    assert.equal(peakRate(scaled).toFixed(6), "200.000000");
    assert.deepEqual(scaleToTasks(aLoad([0, 0]), 12, aModel()).requests, Float64Array.of(0, 0));
  });
});

describe("firstDays", () => {
  it("cuts a longer load and leaves a shorter one", () => {
    const twoDays = aLoad(
      Array.from({ length: 48 }, (_, hour) => hour),
      3600,
    );

    assert.deepEqual(firstDays(twoDays, 0.125).requests, Float64Array.of(0, 1, 2));
    assert.equal(firstDays(twoDays, 2), twoDays);
    assert.equal(firstDays(twoDays, 3), twoDays);
  });
});
