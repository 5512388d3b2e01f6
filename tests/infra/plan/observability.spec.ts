import assert from "node:assert/strict";
import { aStackPlan } from "../../support/stack-plans";

describe("planObservability", () => {
  it("carries the bounds that alarms watch", () => {
    assert.deepEqual(aStackPlan({ observability: { notifiesByEmail: true } }).observability, {
      notifiesByEmail: true,
      latencyAlarmMilliseconds: 1000,
      minTasks: 1,
      maxInstances: 4,
    });
  });
});

describe("planCluster", () => {
  it("carries Container Insights and the retention of logs", () => {
    assert.deepEqual(
      aStackPlan({ observability: { containerInsights: "enhanced", logRetentionDays: 90 } })
        .cluster,
      { containerInsights: "enhanced", logRetentionDays: 90, deletionProtection: false },
    );
  });
});
