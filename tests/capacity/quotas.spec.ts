import assert from "node:assert/strict";
import { defaultQuotas, exceededQuotas } from "../../capacity/quotas";
import { aReport } from "./a-report";

const texts = (...args: Parameters<typeof exceededQuotas>) =>
  exceededQuotas(...args).map(({ text }) => text);

describe("exceededQuotas", () => {
  it("finds nothing in a plan within all", () => {
    assert.deepEqual(exceededQuotas({ report: aReport(), onDemandInstances: 10 }), []);
  });

  it("tells each quota with the figures and what to do", () => {
    const report = aReport({ maxTasks: 2501 });
    assert.deepEqual(exceededQuotas({ report, onDemandInstances: 3 })[0], {
      quota: "targetsPerTargetGroup",
      needed: 5002,
      granted: 1000,
      text: "a deployment at maxTasks registers 5002 targets, but a target group takes 1000; lower maxTasks or deploymentMaximumPercent, or have the quota raised",
    });
    assert.deepEqual(texts({ report, onDemandInstances: 3 }).slice(1), [
      "a deployment at maxTasks runs 5002 tasks, but a service runs 5000; lower maxTasks or deploymentMaximumPercent, or have the quota raised",
      "a deployment at maxTasks that finds the group at its minimum lets 4990 tasks wait for instances, but a cluster lets 500 wait and the quota is fixed, so the rest start later; raise minInstances, or lower deploymentMaximumPercent",
    ]);
  });

  it("allows exactly what is granted", () => {
    const report = aReport({ maxTasks: 500 });
    const quotas = { ...defaultQuotas, provisioningTasks: 988 };
    assert.deepEqual(texts({ report, onDemandInstances: 0 }, quotas), []);
    assert.equal(
      exceededQuotas({ report, onDemandInstances: 0 }, { ...quotas, provisioningTasks: 987 })[0]
        ?.needed,
      988,
    );
  });

  it("counts instances of a cluster", () => {
    const report = aReport({ maxInstances: 5001 });
    assert.deepEqual(texts({ report, onDemandInstances: 0 }), [
      "the group may have 5001 instances, but a cluster has 5000; choose larger instance types, or have the quota raised",
    ]);
  });

  it("counts vCPUs of the largest type against the account's quota, where it is given", () => {
    const report = aReport({
      fits: [
        { instanceType: "m7g.large", tasks: 4, boundBy: "cpu" },
        { instanceType: "c7g.xlarge", tasks: 7, boundBy: "memory" },
      ],
    });
    assert.deepEqual(texts({ report, onDemandInstances: 9 }), []);
    assert.deepEqual(
      texts({ report, onDemandInstances: 9 }, { ...defaultQuotas, onDemandVcpus: 32 }),
      [
        "9 On-Demand instances of the largest type have 36 vCPUs, but the account may run 32; have the quota raised before the peak, or run more on Spot",
      ],
    );
  });
});
