import assert from "node:assert/strict";
import { dailyLoad, dailyModel } from "../../../bench/simulate/daily-case";
import { simulate } from "../../../capacity/simulate/simulate";

describe("dailyModel and dailyLoad", () => {
  it("make a day that takes every instance and task that the case names", () => {
    const day = { days: 1, instances: 50 };
    const options = { seed: 1, tickSeconds: 10, events: [] };
    const { summary } = simulate(dailyModel(day), dailyLoad(day), options);
    assert.deepEqual([summary.peakTasks, summary.peakInstances], [500, 50]);
    assert.equal(summary.seconds, 86_400);
    assert.ok(summary.actions.tasks > 50);
  });
});
