import assert from "node:assert/strict";
import fc from "fast-check";
import { RequestQueue } from "../../../capacity/simulate/request-queue";

describe("RequestQueue", () => {
  it("serves what comes while there is room", () => {
    const queue = new RequestQueue(5);
    queue.step(80, 0, 10, 10);
    assert.deepEqual([queue.served, queue.unmet, queue.backlog], [80, 0, 0]);
    assert.equal(queue.waitAt(5), 0);
  });

  it("piles up what is too much, to the longest wait, and loses the rest", () => {
    const queue = new RequestQueue(5);
    queue.step(125, 0, 10, 10);
    assert.deepEqual([queue.served, queue.unmet, queue.backlog], [100, 0, 25]);
    assert.equal(queue.waitAt(10), 2.5);
    queue.step(150, 0, 10, 10);
    assert.deepEqual([queue.served, queue.unmet, queue.backlog], [100, 25, 50]);
    assert.equal(queue.waitAt(10), 5);
  });

  it("drains when there is room again", () => {
    const queue = new RequestQueue(5);
    queue.step(130, 0, 10, 10);
    queue.step(40, 0, 10, 10);
    assert.deepEqual([queue.served, queue.unmet, queue.backlog], [70, 0, 0]);
    assert.deepEqual([queue.waitAt(0), queue.waitAt(2.5), queue.waitAt(9)], [3, 1.5, 0]);
  });

  it("loses everything where no task is healthy", () => {
    const queue = new RequestQueue(5);
    queue.step(130, 0, 10, 10);
    queue.step(20, 4, 0, 10);
    assert.deepEqual([queue.served, queue.unmet, queue.backlog], [0, 50, 0]);
  });

  it("loses nothing from sight: served, unmet and backlog are all that came", () => {
    const step = fc.record({
      arrivals: fc.double({ min: 0, max: 1e5, noNaN: true }),
      lostShare: fc.double({ min: 0, max: 1, noNaN: true }),
      capacity: fc.double({ min: 0, max: 1e4, noNaN: true }),
      seconds: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const queue = new RequestQueue(7);
        let [came, gone] = [0, 0];
        for (const { arrivals, lostShare, capacity, seconds } of steps) {
          queue.step(arrivals, arrivals * lostShare, capacity, seconds);
          came += arrivals;
          gone += queue.served + queue.unmet;
          assert.ok(queue.served >= 0 && queue.unmet >= 0 && queue.backlog >= 0);
          assert.ok(queue.served <= capacity * seconds * (1 + 1e-12));
        }
        assert.ok(Math.abs(gone + queue.backlog - came) <= 1e-9 * Math.max(1, came));
      }),
    );
  });
});
