import assert from "node:assert/strict";
import type { Simulation } from "../../../capacity/simulate/simulation";
import { aLoad, aModel, aPolicy, minutes, type ModelChanges, NEW_YEAR, run } from "./a-model";

/** Reasons and steps of a level, as lines. */
function linesOf({ actions }: Simulation, level: "tasks" | "instances" | "event"): string[] {
  return actions
    .filter((action) => action.level === level)
    .map(({ atSeconds, from, to, reason }) => `${atSeconds} s: ${from} to ${to}, ${reason}`);
}

function only(changes: ModelChanges): ModelChanges {
  return { ...changes, service: { policies: [], ...changes.service } };
}

/** Seconds from a step of load after so many seconds to the first scale-out, and to the new tasks. */
function reaction(periodSeconds: 20 | 60, atSeconds: number): { trigger: number; total: number } {
  const model = aModel({
    service: { desiredTasks: 10, policies: [aPolicy({ periodSeconds })] },
    group: { desiredInstances: 10, minInstances: 10 },
    loadBalancer: { healthCheckIntervalSeconds: 0 },
    // In the middle of the 123 to 183 s that 363 s leave for the lag: three minutes and part of one are the rest.
    timing: {
      imagePullSeconds: 8,
      applicationStartSeconds: 15,
      metricLagSeconds: { 20: 15, 60: 150 },
    },
  });
  // 25 requests a second are a task's whole CPU: from half the target to a third above it.
  const requests = Float64Array.from({ length: 1800 }, (_, second) =>
    second < atSeconds ? 87.5 : 232.5,
  );
  const result = run(model, aLoad([], { stepSeconds: 1, requests }), { tickSeconds: 1 });
  const trigger = result.actions[0]!.atSeconds;
  const served = result.series.healthyTasks.findIndex(
    (tasks, second) => second >= trigger && tasks > 10,
  );
  return { trigger: trigger - atSeconds, total: served - atSeconds };
}

describe("simulate", () => {
  it("leaves a service at its target as it is", () => {
    const result = run(aModel(), aLoad(minutes(120, 66)));
    assert.deepEqual(result.actions, []);
    assert.equal(result.summary.unmet, 0);
    assert.equal(Math.round(result.series.cpuPercent[100]!), 66);
  });

  it("doubles the tasks of a service at its target for twice the load, and no more", () => {
    const model = aModel({
      service: { policies: [aPolicy({ target: 35 })] },
      group: { desiredInstances: 4 },
    });
    const result = run(model, aLoad([...minutes(30, 34), ...minutes(60, 68)]));
    assert.deepEqual(linesOf(result, "tasks"), ["2100 s: 4 to 8, cpu 68 % above 35 %"]);
    assert.equal(Math.round(result.series.cpuPercent.at(-1)!), 34);
  });

  it("asks for no more than a saturated CPU shows", () => {
    const result = run(aModel(), aLoad([...minutes(30, 66), ...minutes(6, 400)]));
    assert.deepEqual(linesOf(result, "tasks"), ["2100 s: 4 to 6, cpu 100 % above 70 %"]);
  });

  it("asks for all that is needed by the requests of each target", () => {
    const policies = [aPolicy({ metric: "requestsPerTarget", target: 1000 })];
    const result = run(
      aModel({ service: { policies } }),
      aLoad([...minutes(30, 66), ...minutes(6, 400)]),
    );
    assert.deepEqual(linesOf(result, "tasks"), [
      "2100 s: 4 to 24, 6000 requests per target above 1000",
    ]);
  });

  it("reacts to a step in the time that AWS measured, four times faster each 20 seconds", () => {
    for (const phase of [5, 20, 35, 50]) {
      const slow = reaction(60, 300 + phase);
      const fast = reaction(20, 300 + phase);
      assert.ok(Math.abs(slow.trigger - 363) <= 60, `${slow.trigger}`);
      assert.ok(Math.abs(fast.trigger - 86) <= 20, `${fast.trigger}`);
      assert.ok(Math.abs(slow.total - 386) <= 60, `${slow.total}`);
      assert.ok(Math.abs(fast.total - 109) <= 20, `${fast.total}`);
      const ratio = slow.trigger / fast.trigger;
      assert.ok(ratio >= 3 && ratio <= 5, `${ratio}`);
    }
  });

  it("does nothing for an empty group without tasks, whatever the target", () => {
    for (const targetCapacityPercent of [100, 90]) {
      const model = aModel(
        only({
          service: { minTasks: 0, desiredTasks: 0 },
          group: { minInstances: 0, desiredInstances: 0 },
          capacityProvider: { targetCapacityPercent },
        }),
      );
      assert.deepEqual(run(model, aLoad(minutes(300, 0))).actions, []);
    }
  });

  it("launches two instances for one task from nothing and takes the idle one back", () => {
    const model = aModel(
      only({
        service: { minTasks: 0, desiredTasks: 1 },
        group: { minInstances: 0, desiredInstances: 0 },
      }),
    );
    const result = run(model, aLoad(minutes(60, 1)));
    assert.deepEqual(linesOf(result, "instances"), [
      "150 s: 0 to 2, reservation 200 % above 100 %",
      "1230 s: 2 to 1, reservation 50 % below 100 %",
    ]);
    assert.equal(result.summary.longestProvisioningSeconds, 250);
  });

  it("adds an instance for the one task of ten that has no room", () => {
    const model = aModel(
      only({
        service: {
          desiredTasks: 7,
          scheduled: [
            {
              name: "ten",
              schedule: "at(2026-01-01T00:10:00)",
              timezone: "Etc/UTC",
              minTasks: 10,
              maxTasks: 60,
            },
          ],
        },
        group: { desiredInstances: 3 },
      }),
    );
    const result = run(model, aLoad(minutes(30, 10)));
    assert.deepEqual(linesOf(result, "tasks"), ["600 s: 7 to 10, minTasks by schedule ten"]);
    assert.deepEqual(linesOf(result, "instances"), [
      "750 s: 3 to 4, reservation 133 % above 100 %",
    ]);
    assert.equal(result.series.healthyTasks.at(-1), 10);
  });

  it("removes the instance that a bin-packed service leaves", () => {
    const model = aModel(
      only({
        service: {
          desiredTasks: 7,
          maxTasks: 7,
          minTasks: 4,
          placement: [{ type: "binpack", field: "memory" }],
          scheduled: [
            {
              name: "four",
              schedule: "rate(10 minutes)",
              timezone: "Etc/UTC",
              minTasks: 4,
              maxTasks: 4,
            },
          ],
        },
        group: { desiredInstances: 3 },
      }),
    );
    const result = run(model, aLoad(minutes(60, 10)));
    assert.deepEqual(linesOf(result, "instances"), [
      "1590 s: 3 to 2, reservation 66 % below 100 %",
    ]);
    assert.equal(result.summary.peakInstances, 3);
    assert.equal(result.series.instances.at(-1), 2);
  });

  it("keeps the instances of a service that is spread over them", () => {
    const model = aModel(
      only({
        service: {
          desiredTasks: 4,
          placement: [{ type: "spread", field: "instance" }],
        },
        group: { desiredInstances: 3 },
      }),
    );
    assert.deepEqual(run(model, aLoad(minutes(60, 10))).actions, []);
  });

  it("lets a task wait that does not fit the smallest type, and launches nothing for it", () => {
    const model = aModel(
      only({
        service: {
          task: { cpuUnits: 256, memoryMiB: 8192, networkMode: "bridge", ports: 1 },
          desiredTasks: 2,
        },
        group: { instanceTypes: ["m5.large"], minInstances: 0, desiredInstances: 0 },
      }),
    );
    const result = run(model, aLoad(minutes(60, 5)));
    assert.deepEqual(result.actions, []);
    assert.equal(result.series.provisioningTasks.at(-1), 2);
    assert.equal(result.summary.unmet, result.summary.requests);
    assert.equal(result.summary.bindingSeconds.placement, 3600);
  });

  it("runs scheduled actions in their time zone", () => {
    const scheduled = [
      {
        name: "open",
        schedule: "cron(0 2 * * ? *)",
        timezone: "Europe/Berlin",
        minTasks: 12,
        maxTasks: 60,
      },
      {
        name: "close",
        schedule: "cron(0 4 * * ? *)",
        timezone: "Europe/Berlin",
        minTasks: 2,
        maxTasks: 5,
      },
    ];
    const model = aModel(only({ service: { scheduled }, group: { desiredInstances: 6 } }));
    const result = run(model, aLoad(minutes(240, 10)));
    assert.deepEqual(linesOf(result, "tasks"), [
      "3600 s: 4 to 12, minTasks by schedule open",
      "10800 s: 12 to 5, maxTasks by schedule close",
    ]);
  });

  it("says what was binding while the objective was missed", () => {
    const load = aLoad([...minutes(10, 60), ...minutes(110, 600)]);
    const seconds = (changes: ModelChanges) => run(aModel(changes), load).summary.bindingSeconds;
    const bound = seconds({});
    assert.ok(bound.detection > 0 && bound.instances > 0 && bound.taskStart > 0);
    assert.ok(seconds({ service: { maxTasks: 10 } }).maxTasks > 5000);
    assert.ok(seconds({ group: { maxInstances: 3 } }).maxInstances > 4000);
    for (const changes of [{}, { service: { maxTasks: 10 } }]) {
      const sum = Object.values(seconds(changes)).reduce((a, b) => a + b, 0);
      assert.equal(sum, 7200);
    }
  });

  it("loses the tasks of a zone and gets them back elsewhere", () => {
    const model = aModel(only({ service: { desiredTasks: 9 }, group: { desiredInstances: 3 } }));
    const events = [{ kind: "zoneLoss", atSeconds: 600, forSeconds: 3600, zone: 0 }] as const;
    const result = run(model, aLoad(minutes(60, 100)), { events });
    assert.deepEqual(linesOf(result, "event"), ["600 s: 3 to 2, zone 0 lost with 1 instance"]);
    assert.equal(result.series.healthyTasks[59], 9);
    assert.equal(result.series.healthyTasks[60], 6);
    assert.equal(result.series.healthyTasks.at(-1), 9);
    // A third of the requests, until two checks have failed.
    assert.ok(Math.abs(result.summary.unmet - (100 / 3) * 20) < 1e-6, `${result.summary.unmet}`);
  });

  it("drains Spot instances that are taken back", () => {
    const model = aModel(
      only({
        service: { desiredTasks: 6 },
        group: {
          desiredInstances: 4,
          onDemandPercentageAboveBase: 0,
          instanceTypes: ["c5.large", "m5.large"],
        },
      }),
    );
    const events = [{ kind: "spotInterruption", atSeconds: 600, share: 0.5 }] as const;
    const result = run(model, aLoad(minutes(60, 60)), { events });
    assert.deepEqual(linesOf(result, "event"), ["600 s: 4 to 2, 2 instances on Spot interrupted"]);
    assert.equal(result.series.healthyTasks.at(-1), 6);
    assert.deepEqual(
      result.summary.instanceSeconds.map(({ instanceType, market, instances }) => [
        instanceType,
        market,
        instances,
      ]),
      [
        ["c5.large", "spot", 4],
        ["m5.large", "spot", 2],
      ],
    );
  });

  it("deploys in the middle of traffic without losing a request", () => {
    const model = aModel({ group: { desiredInstances: 4 } });
    const events = [{ kind: "deployment", atSeconds: 1200 }] as const;
    const result = run(model, aLoad(minutes(60, 66)), { events });
    assert.deepEqual(linesOf(result, "event"), ["1200 s: 4 to 4, deployment begins"]);
    assert.deepEqual([result.summary.peakTasks, result.summary.unmet], [8, 0]);
    assert.equal(result.series.healthyTasks.at(-1), 4);
  });

  it("shows the two levels of one spike, each after the other", () => {
    const load = aLoad([...minutes(10, 60), ...minutes(50, 300)]);
    const result = run(aModel(), load);
    const [task] = result.actions.filter(({ level }) => level === "tasks");
    const [instance] = result.actions.filter(({ level }) => level === "instances");
    assert.ok(task!.atSeconds < instance!.atSeconds);
    const registered = result.series.registeredInstances.findIndex((count) => count > 2) * 10;
    assert.ok(registered >= instance!.atSeconds + 90);
    assert.ok(result.summary.longestProvisioningSeconds >= 180);
    assert.ok(result.summary.missedMinutes > 5 && result.summary.unmet > 0);
    assert.ok(result.summary.longestMissMinutes <= result.summary.missedMinutes);
  });

  it("tells how far it is", () => {
    const shares: number[] = [];
    run(aModel(), aLoad(minutes(100, 10)), { onProgress: (share) => shares.push(share) });
    assert.equal(shares.length, 100);
    assert.equal(shares.at(-1), 1);
    assert.ok(shares.every((share, index) => share > (shares[index - 1] ?? 0)));
  });

  it("gives back what it was asked, without the callback", () => {
    const load = aLoad(minutes(1, 1), { startsAt: NEW_YEAR });
    const result = run(aModel(), load, { onProgress: () => undefined, seed: 4 });
    assert.deepEqual(result.options, { seed: 4, tickSeconds: 10, events: [] });
    assert.equal(result.load, load);
    assert.deepEqual(result.model, aModel());
  });
});
