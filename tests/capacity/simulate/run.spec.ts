import assert from "node:assert/strict";
import fc from "fast-check";
import type { ScalingModel } from "../../../capacity/simulate/scaling-model";
import type { SimulationEvent, SimulationSummary } from "../../../capacity/simulate/simulation";
import { aLoad, aModel, aPolicy, minutes, NO_DELAYS, run } from "./a-model";

const RUNS = { numRuns: 25 };

const rates = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 8 });

/** Each rate for a quarter of an hour. */
function quarters(loads: readonly number[]): number[] {
  return loads.flatMap((rate) => minutes(15, rate));
}

const models = fc
  .record({
    target: fc.integer({ min: 20, max: 90 }),
    cooldown: fc.constantFrom(0, 60, 300),
    requests: fc.boolean(),
    maxTasks: fc.integer({ min: 4, max: 40 }),
    maxInstances: fc.integer({ min: 2, max: 15 }),
    targetCapacityPercent: fc.integer({ min: 60, max: 100 }),
    protection: fc.boolean(),
    slowStartSeconds: fc.constantFrom(0, 60),
    spread: fc.boolean(),
  })
  .map((it): ScalingModel => {
    const policy = {
      scaleOutCooldownSeconds: it.cooldown,
      scaleInCooldownSeconds: it.cooldown,
    };
    const second = aPolicy({ ...policy, metric: "requestsPerTarget", target: 15 * it.target });
    return aModel({
      service: {
        policies: [aPolicy({ ...policy, target: it.target }), ...(it.requests ? [second] : [])],
        maxTasks: it.maxTasks,
        ...(it.spread ? { placement: [] } : {}),
      },
      group: { maxInstances: it.maxInstances, onDemandPercentageAboveBase: 50 },
      capacityProvider: {
        targetCapacityPercent: it.targetCapacityPercent,
        managedTerminationProtection: it.protection,
      },
      loadBalancer: { slowStartSeconds: it.slowStartSeconds },
      timing: { instanceReadyJitterSeconds: 20 },
    });
  });

const events: fc.Arbitrary<SimulationEvent[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant("zoneLoss" as const),
      atSeconds: fc.nat({ max: 4000 }),
      forSeconds: fc.nat({ max: 2000 }),
      zone: fc.nat({ max: 2 }),
    }),
    fc.record({
      kind: fc.constant("spotInterruption" as const),
      atSeconds: fc.nat({ max: 4000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    fc.record({ kind: fc.constant("deployment" as const), atSeconds: fc.nat({ max: 4000 }) }),
  ),
  { maxLength: 3 },
);

function near(actual: number, expected: number): void {
  const slack = 1e-9 * Math.max(1, Math.abs(expected));
  assert.ok(Math.abs(actual - expected) <= slack, `${actual} is not ${expected}`);
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) {
    total += number;
  }
  return total;
}

/**
 * The task level by itself and minute by minute, where everything is there at once: desired tasks at the end of
 * each minute. Written without a look at the simulation.
 */
function desiredByMinute(loads: readonly number[], { service }: ScalingModel): number[] {
  const taskRate = 25;
  let tasks = service.desiredTasks;
  let [high, low] = [0, 0];
  return loads.map((rate) => {
    const percent = Math.min(100, (100 * rate) / (tasks * taskRate));
    const { target } = service.policies[0]!;
    high = percent > target ? high + 1 : 0;
    low = percent < 0.9 * target - 1e-9 ? low + 1 : 0;
    const wanted = Math.min(
      service.maxTasks,
      Math.max(service.minTasks, Math.ceil((tasks * percent) / target - 1e-9)),
    );
    if ((high >= 3 && wanted > tasks) || (low >= 15 && wanted < tasks)) {
      tasks = wanted;
    }
    return tasks;
  });
}

describe("Run", () => {
  it("loses no request from sight", () => {
    fc.assert(
      fc.property(models, rates, events, (model, loads, happenings) => {
        const { summary } = run(model, aLoad(quarters(loads)), { events: happenings });
        near(summary.served + summary.unmet + summary.leftInQueue, summary.requests);
        near(summary.requests, sum(loads) * 900);
        assert.ok(summary.missedRequests >= summary.unmet - 1e-6);
        assert.ok(summary.missedRequests <= summary.served + summary.unmet + 1e-6);
      }),
      RUNS,
    );
  });

  it("keeps every number within its bounds", () => {
    fc.assert(
      fc.property(models, rates, events, (model, loads, happenings) => {
        const { series, actions } = run(model, aLoad(quarters(loads)), { events: happenings });
        const { service, group } = model;
        const within = (values: Iterable<number>, least: number, most: number) => {
          for (const value of values) {
            assert.ok(value >= least && value <= most, `${value} in ${least} to ${most}`);
          }
        };
        within(series.desiredTasks, Math.min(service.minTasks, 4), Math.max(service.maxTasks, 4));
        within(series.desiredInstances, group.minInstances, group.maxInstances);
        within(series.registeredInstances, 0, group.maxInstances);
        within(series.healthyTasks, 0, 3 * group.maxInstances + 3 * group.maxInstances);
        within(series.cpuPercent, 0, 100 + 1e-9);
        within(series.provisioningTasks, 0, 500);
        for (const { level, from, to } of actions) {
          assert.ok(level === "event" || from !== to);
        }
      }),
      RUNS,
    );
  });

  it("is the same to the last bit for the same seed, and goes with the seed", () => {
    fc.assert(
      fc.property(models, rates, events, fc.nat(), (model, loads, happenings, seed) => {
        const options = { events: happenings, seed };
        const load = aLoad(quarters(loads));
        assert.deepEqual(run(model, load, options), run(model, load, options));
      }),
      { numRuns: 10 },
    );
    const load = aLoad([...minutes(10, 60), ...minutes(50, 300)]);
    const seconds = (seed: number) =>
      run(aModel({ timing: { instanceReadyJitterSeconds: 30 } }), load, { seed }).summary
        .taskSeconds;
    assert.notEqual(seconds(1), seconds(2));
  });

  it("counts the same where requests and tasks are so many times faster", () => {
    fc.assert(
      fc.property(models, rates, fc.constantFrom(2, 4, 8), (model, loads, times) => {
        const load = aLoad(quarters(loads));
        const faster = {
          ...model,
          service: {
            ...model.service,
            policies: model.service.policies.map((policy) => ({
              ...policy,
              target: policy.metric === "cpu" ? policy.target : policy.target * times,
            })),
          },
          workload: {
            ...model.workload,
            cpuMillisecondsPerRequest: model.workload.cpuMillisecondsPerRequest / times,
          },
        };
        const requests = load.requests.map((count) => count * times);
        const slow = run(model, load).series;
        const fast = run(faster, { ...load, requests }).series;
        assert.deepEqual(fast.desiredTasks, slow.desiredTasks);
        assert.deepEqual(fast.healthyTasks, slow.healthyTasks);
        assert.deepEqual(fast.instances, slow.instances);
      }),
      { numRuns: 20 },
    );
  });

  it("agrees with the task level reckoned by itself", () => {
    const loads = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(loads, fc.integer({ min: 20, max: 90 }), (byQuarter, target) => {
        const policies = [
          aPolicy({ target, scaleOutCooldownSeconds: 0, scaleInCooldownSeconds: 0 }),
        ];
        const model = aModel({
          ...NO_DELAYS,
          service: { policies },
          group: { minInstances: 30, desiredInstances: 30 },
          workload: { maxQueueSeconds: 0 },
        });
        const byMinute = byQuarter.flatMap((rate) => minutes(25, rate));
        const { series } = run(model, aLoad(byMinute), { tickSeconds: 10 });
        const expected = desiredByMinute(byMinute, model);
        // A minute shows what the one before it ended with.
        for (let minute = 1; minute < byMinute.length; minute += 1) {
          assert.equal(series.desiredTasks[minute * 6], expected[minute - 1], `minute ${minute}`);
        }
      }),
      RUNS,
    );
  });

  for (const [name, byMinute] of [
    ["a step", [...minutes(20, 60), ...minutes(70, 300)]],
    ["a ramp", Array.from({ length: 120 }, (_, minute) => 20 + 3 * minute)],
    ["a spike", [...minutes(20, 60), ...minutes(15, 400), ...minutes(85, 50)]],
  ] as const) {
    it(`agrees with steps of a second within one period on ${name}`, () => {
      const actions = (tickSeconds: number) =>
        run(aModel(), aLoad(byMinute), { tickSeconds }).actions;
      const [coarse, fine] = [actions(10), actions(1)];
      const sizes = (list: typeof coarse) => list.map(({ level, from, to }) => [level, from, to]);
      assert.ok(coarse.length >= 6);
      assert.deepEqual(sizes(coarse), sizes(fine));
      coarse.forEach(({ atSeconds }, index) => {
        assert.ok(Math.abs(atSeconds - fine[index]!.atSeconds) <= 60);
      });
    });
  }

  it("agrees with steps of a second in what it used", () => {
    fc.assert(
      fc.property(rates, (loads) => {
        const load = aLoad(quarters(loads.slice(0, 4)));
        const [coarse, fine] = [10, 1].map((tickSeconds) => run(aModel(), load, { tickSeconds }));
        const ratio = coarse!.summary.taskSeconds / fine!.summary.taskSeconds;
        assert.ok(ratio > 0.9 && ratio < 1.1, `${ratio}`);
      }),
      { numRuns: 10 },
    );
  });

  it("never does worse with more tasks", () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 30 }), (loads, tasks) => {
        const outcome = (desiredTasks: number): SimulationSummary =>
          run(
            aModel({
              service: { policies: [], desiredTasks },
              group: { desiredInstances: 30 },
              capacityProvider: { managedScaling: false },
            }),
            aLoad(quarters(loads)),
          ).summary;
        const [few, more] = [outcome(tasks), outcome(tasks + 3)];
        assert.ok(more.unmet <= few.unmet + 1e-6);
        assert.ok(more.missedRequests <= few.missedRequests + 1e-6);
        assert.ok(more.missedMinutes <= few.missedMinutes);
        assert.ok(more.p99Milliseconds <= few.p99Milliseconds * 1.001);
      }),
      RUNS,
    );
  });

  it("never loses more with twice the maximum, where nothing scales in meanwhile", () => {
    fc.assert(
      fc.property(models, rates, (model, loads) => {
        const unmet = (times: number) => {
          const { service, group } = model;
          const policies = service.policies.map((policy) => ({ ...policy, scaleInDisabled: true }));
          const larger = {
            ...model,
            service: { ...service, policies, maxTasks: service.maxTasks * times },
            group: { ...group, maxInstances: group.maxInstances * times },
            capacityProvider: { ...model.capacityProvider, managedTerminationProtection: true },
            // Without a pull: a task on a new instance would else start later than one on an old one.
            timing: { ...model.timing, imagePullSeconds: 0 },
          };
          return run(larger, aLoad(quarters(loads))).summary.unmet;
        };
        assert.ok(unmet(2) <= unmet(1) + 1e-6);
      }),
      RUNS,
    );
  });

  it("counts the seconds of instances as their series does", () => {
    fc.assert(
      fc.property(models, rates, events, (model, loads, happenings) => {
        const { series, summary } = run(model, aLoad(quarters(loads)), { events: happenings });
        near(
          sum(summary.instanceSeconds.map(({ seconds }) => seconds)),
          sum(series.instances) * series.sampleSeconds,
        );
        near(summary.emptyInstanceSeconds, sum(series.emptyInstances) * series.sampleSeconds);
        near(summary.unmet, sum(series.unmetPerSecond) * series.sampleSeconds);
        near(sum(Object.values(summary.bindingSeconds)), summary.seconds);
      }),
      RUNS,
    );
  });
});
