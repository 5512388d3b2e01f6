import assert from "node:assert/strict";
import fc from "fast-check";
import { InstanceBuckets } from "../../../capacity/simulate/instance-buckets";
import { seededRandom } from "../../../capacity/simulate/random";

describe("InstanceBuckets", () => {
  it("agrees with counts that are searched", () => {
    const change = fc.record({
      instance: fc.nat({ max: 7 }),
      count: fc.integer({ min: -1, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80 }), (changes) => {
        const buckets = new InstanceBuckets([4, 4]);
        buckets.reserve(3);
        buckets.reserve(8);
        const counts = new Map<number, number>();
        const random = seededRandom(1);
        for (const { instance, count } of changes) {
          buckets.set(instance, instance % 2, count);
          counts.set(instance, count);
          for (const pool of [0, 1]) {
            const here = [...counts].filter(([it, at]) => it % 2 === pool && at >= 0);
            assert.equal(buckets.size(pool), here.length);
            if (here.length > 0) {
              const [low, high] = [buckets.lowest(pool), buckets.highest(pool)];
              assert.equal(low, Math.min(...here.map(([, at]) => at)));
              assert.equal(high, Math.max(...here.map(([, at]) => at)));
              assert.equal(counts.get(buckets.last(pool, low)), low);
              const any = buckets.random(pool, random);
              assert.ok(here.some(([it]) => it === any));
            }
          }
        }
      }),
    );
  });

  it("has no bucket beyond the most tasks", () => {
    assert.throws(() => {
      const buckets = new InstanceBuckets([2]);
      buckets.reserve(1);
      buckets.set(0, 0, 3);
    }, new RangeError("no bucket of 3 tasks in pool 0"));
  });
});
