import assert from "node:assert/strict";
import { costAssumptions } from "../../capacity/cost-assumptions";
import { always } from "../../capacity/cost-range";
import { usageOf } from "../../capacity/usage";
import { anInventory } from "./an-inventory";

const assumptions = {
  ...costAssumptions,
  steadyLoadShare: 0.25,
  requestsPerTaskMinute: { steady: 10, worst: 50 },
  bytesPerRequest: 2000,
  logBytesPerRequest: 1000,
  egressGBPerInstance: 3,
  flowLogGB: { steady: 2, worst: 4 },
  insightsMetrics: { enabled: { cluster: 5, task: 1 }, enhanced: { cluster: 7, task: 2 } },
};
const usage = (overrides: Parameters<typeof anInventory>[0] = {}) =>
  usageOf(
    anInventory({ tasks: { min: 1, max: 5 }, ...overrides }),
    { minimum: 1, steady: 2, worst: 3 },
    assumptions,
  );

describe("usageOf", () => {
  it("has no request at the minimum, the assumed ones at the steady load and at the worst", () => {
    // 43,800 minutes a month
    const { tasks, millionRequests } = usage();

    assert.deepEqual(tasks, { minimum: 1, steady: 2, worst: 5 });
    assert.deepEqual(millionRequests, { minimum: 0, steady: 0.876, worst: 10.95 });
  });

  it("has every task at the requests that it is scaled to at the worst", () => {
    assert.equal(usage({ requestsPerTaskMinute: 500 }).millionRequests.worst, 109.5);
  });

  it("never has fewer requests at the worst than at the steady load", () => {
    assert.equal(usage({ requestsPerTaskMinute: 1 }).millionRequests.worst, 2.19);
  });

  it("derives logs, traffic and capacity units from the requests", () => {
    const { logGB, networkCapacityUnitHours, applicationCapacityUnitHours } = usage();

    assert.equal(logGB.steady.toFixed(4), "0.8760");
    assert.equal(networkCapacityUnitHours.steady.toFixed(4), "1.7520");
    // 876,000 / 90,000
    assert.equal(applicationCapacityUnitHours.steady.toFixed(4), "9.7333");
  });

  it("adds what instances exchange to the logs that leave the network", () => {
    const { egressGB } = usage();

    assert.equal(egressGB.minimum, 3);
    assert.equal(egressGB.steady.toFixed(3), "6.876");
  });

  it("counts flow logs where there are some", () => {
    assert.deepEqual(usage().flowLogGB, always(0));
    assert.deepEqual(usage({ flowLogs: 2 }).flowLogGB, { minimum: 0, steady: 4, worst: 8 });
  });

  it("counts metrics of Container Insights by mode, none without", () => {
    const none = usage().insightsMetrics;
    const some = usage({ insightsClusters: { enabled: 2, enhanced: 1 } }).insightsMetrics;

    assert.deepEqual(none, { enabled: always(0), enhanced: always(0) });
    assert.deepEqual(some.enabled, { minimum: 11, steady: 12, worst: 15 });
    assert.deepEqual(some.enhanced, { minimum: 9, steady: 11, worst: 17 });
  });
});
