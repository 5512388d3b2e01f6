import assert from "node:assert/strict";
import { simulateDay } from "../../../tools/preview/simulated-day";
import { run } from "../../../tools/simulate/cli";
import { aStackPlan } from "../../support/stack-plans";

const small = aStackPlan({ scaling: { minTasks: 1, maxTasks: 4 } });

describe("simulateDay", () => {
  it("has a peak of 80 % of what maxTasks serve at their target", () => {
    const { peakRequestsPerSecond } = simulateDay(small);

    // 4 tasks at 1000 requests a minute.
    assert.ok(Math.abs(peakRequestsPerSecond - (0.8 * 4 * 1000) / 60) < 0.01);
  });

  it("gives the figures of `npm run simulate` without options", async () => {
    let stdout = "";
    const code = await run(["dev", "--json"], {
      directory: ".",
      environment: {},
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: () => undefined },
      readPlan: () => Promise.resolve(small),
      renderHtml: () => "",
    });

    assert.equal(code, 0);
    const { runs } = JSON.parse(stdout) as {
      runs: {
        summary: { missedMinutes: number; peakInstances: number };
        cost: { instancesUsd: number };
        series: { instances: number[] };
      }[];
    };
    const [{ summary, cost, series }] = runs as [(typeof runs)[0]];
    const { missedMinutes, fewestInstances, mostInstances, instancesUsd } = simulateDay(small);
    assert.deepEqual(
      [missedMinutes, fewestInstances, mostInstances, Math.round(instancesUsd * 1e6) / 1e6],
      [
        summary.missedMinutes,
        Math.min(...series.instances),
        summary.peakInstances,
        cost.instancesUsd,
      ],
    );
  });

  it("counts the minutes that a stack misses whose tasks find no instance", () => {
    const { capacity } = small;
    const stuck = { ...small, capacity: { ...capacity, minInstances: 1, maxInstances: 1 } };

    assert.equal(simulateDay(small).missedMinutes, 0);
    assert.ok(simulateDay(stuck).missedMinutes > 60);
  });
});
