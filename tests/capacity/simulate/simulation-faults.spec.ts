import assert from "node:assert/strict";
import { simulate } from "../../../capacity/simulate/simulate";
import { simulationFaults } from "../../../capacity/simulate/simulation-faults";
import { aLoad, aModel, aPolicy, type ModelChanges } from "./a-model";

const OPTIONS = { seed: 1, tickSeconds: 10, events: [] };

function faultsOf(changes: ModelChanges): readonly string[] {
  return simulationFaults(aModel(changes), aLoad([1]), OPTIONS);
}

describe("simulationFaults", () => {
  it("finds none in a sound model", () => {
    assert.deepEqual(faultsOf({}), []);
  });

  it("finds every wrong number at once", () => {
    assert.deepEqual(
      faultsOf({
        service: { minTasks: 70, deploymentMaximumPercent: 90, policies: [aPolicy({ target: 0 })] },
        group: { maxInstances: 2.5, desiredInstances: 3, onDemandPercentageAboveBase: 101 },
        capacityProvider: {
          targetCapacityPercent: 0,
          minimumScalingStep: 9,
          maximumScalingStep: 3,
        },
        workload: { objectiveShare: 2 },
        timing: { imagePullSeconds: NaN },
      }),
      [
        "service.minTasks: 70 is above maxTasks 60; lower the one or raise the other",
        "service.deploymentMaximumPercent: 90 is not a whole number of at least 100 and at most 200",
        "service.policies[0].target: 0 is not a number above 0",
        "group.maxInstances: 2.5 is not a whole number of at least 0",
        "group.desiredInstances: 3 is above maxInstances 2.5; lower the one or raise the other",
        "group.onDemandPercentageAboveBase: 101 is not a whole number of at least 0 and at most 100",
        "capacityProvider.targetCapacityPercent: 0 is not a whole number of at least 1 and at most 100",
        "capacityProvider.minimumScalingStep: 9 is above maximumScalingStep 3; lower the one or raise the other",
        "workload.objectiveShare: 2 is not a number of at least 0 and at most 1",
        "timing.imagePullSeconds: NaN is not a number of at least 0",
      ],
    );
  });

  it("knows which metric has datapoints each 20 seconds", () => {
    const policy = aPolicy({ metric: "requestsPerTarget", periodSeconds: 20 });
    assert.deepEqual(faultsOf({ service: { policies: [policy] } }), [
      "service.policies[0].periodSeconds: 20 is for cpu only; requestsPerTarget comes each 60 s",
    ]);
  });

  it("names an unknown instance type and ones that are spelt like it", () => {
    assert.deepEqual(faultsOf({ group: { instanceTypes: ["m7g.larg"] } }), [
      'group.instanceTypes[0]: "m7g.larg" is not in the catalogue; did you mean m7g.large or m7i.large',
    ]);
  });

  it("reads schedules and time zones", () => {
    const action = {
      name: "x",
      schedule: "cron(0 8 * * ? *)",
      timezone: "Etc/UTC",
      minTasks: 1,
      maxTasks: 2,
    };
    assert.deepEqual(
      faultsOf({
        service: {
          scheduled: [
            action,
            { ...action, schedule: "cron(0 8 * *)" },
            { ...action, timezone: "Mars/Base" },
            { ...action, minTasks: 3 },
          ],
        },
      }),
      [
        "service.scheduled[3].minTasks: 3 is above maxTasks 2; lower the one or raise the other",
        'service.scheduled[1]: "cron(0 8 * *)" in Etc/UTC: cron has six fields: minutes, hours, day of month, month, day of week, year',
        'service.scheduled[2]: "cron(0 8 * * ? *)" in Mars/Base: Invalid time zone specified: Mars/Base',
      ],
    );
  });

  it("rejects loads, events and steps that cannot be", () => {
    const events = [
      { kind: "zoneLoss", atSeconds: -1, forSeconds: 60, zone: 3 },
      { kind: "spotInterruption", atSeconds: 0, share: 1.5 },
    ] as const;
    assert.deepEqual(
      simulationFaults(aModel(), aLoad([1, -2, NaN]), { ...OPTIONS, tickSeconds: 61, events }),
      [
        "load.requests[1]: -120 is not a number of at least 0",
        "options.tickSeconds: 61 is not a whole number of at least 1 and at most 60",
        "options.events[0].atSeconds: -1 is not a number of at least 0",
        "options.events[0].zone: 3 is not a whole number of at least 0 and at most 2",
        "options.events[1].share: 1.5 is not a number of at least 0 and at most 1",
      ],
    );
    assert.deepEqual(simulationFaults(aModel(), aLoad([]), OPTIONS), [
      "load.requests.length: 0 is not a whole number of at least 1",
    ]);
  });

  it("are thrown by a simulation, one a line", () => {
    assert.throws(
      () => simulate(aModel({ service: { minTasks: -1, maxTasks: -2 } }), aLoad([1]), OPTIONS),
      {
        name: "RangeError",
        message:
          "service.minTasks: -1 is not a whole number of at least 0\n" +
          "service.maxTasks: -2 is not a whole number of at least 0\n" +
          "service.minTasks: -1 is above maxTasks -2; lower the one or raise the other",
      },
    );
  });
});
