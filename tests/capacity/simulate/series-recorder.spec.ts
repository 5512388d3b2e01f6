import assert from "node:assert/strict";
import {
  SeriesRecorder,
  sampleSecondsOf,
  type StepFigures,
} from "../../../capacity/simulate/series-recorder";

const FIGURES: StepFigures = {
  requestsPerSecond: 1,
  unmetPerSecond: 2,
  cpuPercent: 3,
  desiredTasks: 4,
  healthyTasks: 5,
  provisioningTasks: 6,
  demandedTasks: 7,
  instances: 8,
  registeredInstances: 9,
  desiredInstances: 10,
  demandedInstances: 11,
  emptyInstances: 12,
};

describe("sampleSecondsOf", () => {
  it("is the step of a short run and about a minute of a long one", () => {
    assert.equal(sampleSecondsOf(6 * 3600, 10), 10);
    assert.equal(sampleSecondsOf(86_400, 10), 60);
    assert.equal(sampleSecondsOf(14 * 86_400, 10), 60);
    assert.equal(sampleSecondsOf(86_400, 7), 63);
    assert.equal(sampleSecondsOf(365 * 86_400, 60), 720);
  });
});

describe("SeriesRecorder", () => {
  it("keeps the mean of the steps of a sample, the last perhaps shorter", () => {
    const recorder = new SeriesRecorder(50, 30);
    assert.equal(recorder.add(FIGURES, "nothing", 10), false);
    assert.equal(recorder.add({ ...FIGURES, healthyTasks: 8 }, "instances", 20), true);
    recorder.close(20, 90);
    recorder.add({ ...FIGURES, healthyTasks: 1 }, "nothing", 20);
    recorder.close(30, 95);
    recorder.close(0, 0);
    const { series } = recorder;
    assert.deepEqual([...series.healthyTasks], [7, 1]);
    assert.deepEqual([...series.emptyInstances], [12, 12]);
    assert.deepEqual([...series.p50Milliseconds], [20, 30]);
    assert.deepEqual([...series.p99Milliseconds], [90, 95]);
    assert.deepEqual(series.binding, ["instances", "nothing"]);
    assert.equal(series.sampleSeconds, 30);
  });
});
