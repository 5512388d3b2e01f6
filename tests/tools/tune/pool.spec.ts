import assert from "node:assert/strict";
import { listPrices } from "../../../capacity/prices";
import type { ScalingModel } from "../../../capacity/simulate/scaling-model";
import type { Experiment } from "../../../tools/tune/experiment";
import { type Evaluator, startEvaluator } from "../../../tools/tune/pool";
import { aScalingModel } from "../../capacity/a-scaling-model";

/** An hour that rises in its middle to what twelve tasks serve. */
const experiment: Experiment = {
  load: {
    name: "rise",
    startsAt: 0,
    stepSeconds: 60,
    requests: Float64Array.from({ length: 60 }, (_, minute) => (minute < 20 ? 1500 : 12_000)),
  },
  seeds: [1, 2],
  tickSeconds: 10,
  events: [],
  prices: listPrices,
};

const models: readonly ScalingModel[] = [2, 3, 5, 8, 12].map((minTasks) => {
  const model = aScalingModel();
  return {
    ...model,
    service: { ...model.service, scheduled: [], minTasks, desiredTasks: minTasks },
  };
});

describe("startEvaluator", () => {
  let told = 0;
  const one = startEvaluator(experiment, 1);
  let two: Evaluator;
  before(() => {
    two = startEvaluator(experiment, 2, () => {
      told += 1;
    });
  });
  after(() => two.close());

  it("gives the same outcomes in the order of the models on any number of threads", async () => {
    const outcomes = await two.evaluate(models);

    assert.equal(outcomes.length, models.length);
    assert.equal(told, models.length);
    assert.deepEqual(outcomes, await one.evaluate(models));
  });

  it("runs several batches on the same threads, each by seeds of its own", async () => {
    const all = await two.evaluate(models.slice(0, 2));
    const other = await two.evaluate(models.slice(0, 2), [7]);

    assert.deepEqual(all, (await one.evaluate(models)).slice(0, 2));
    assert.deepEqual(other, await one.evaluate(models.slice(0, 2), [7]));
    assert.notDeepEqual(other, all);
  });

  it("takes the worst of the seeds and the mean of their costs", async () => {
    const of = async (seeds: readonly number[]) => {
      const [outcome] = await one.evaluate(models.slice(0, 1), seeds);
      assert.ok(outcome);
      return outcome;
    };
    const [first, second, both] = [await of([1]), await of([2]), await of([1, 2])];

    assert.equal(both.missedMinutes, Math.max(first.missedMinutes, second.missedMinutes));
    assert.equal(both.p99Milliseconds, Math.max(first.p99Milliseconds, second.p99Milliseconds));
    assert.ok(first.missedMinutes > 0);
    assert.equal(both.usd, (first.usd + second.usd) / 2);
  });

  it("throws what is thrown in a thread, which goes on with the next", async () => {
    const [model] = models;
    assert.ok(model);
    const broken = { ...model, service: { ...model.service, minTasks: 30 } };
    for (const evaluator of [one, two]) {
      await assert.rejects(evaluator.evaluate([broken]), { name: "RangeError" });
      assert.equal((await evaluator.evaluate([model])).length, 1);
    }
  });
});
