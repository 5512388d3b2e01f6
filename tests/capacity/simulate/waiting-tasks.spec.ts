import assert from "node:assert/strict";
import fc from "fast-check";
import { WaitingTasks } from "../../../capacity/simulate/waiting-tasks";

describe("WaitingTasks", () => {
  it("takes the oldest and drops the newest", () => {
    const waiting = new WaitingTasks();
    waiting.add(2, 10);
    waiting.add(3, 20);
    waiting.take();
    assert.equal(waiting.dropNewest(2), 2);
    assert.deepEqual([waiting.count, waiting.oldest], [2, 10]);
    waiting.take();
    assert.deepEqual([waiting.count, waiting.oldest], [1, 20]);
    assert.equal(waiting.dropNewest(5), 1);
    assert.deepEqual([waiting.count, waiting.oldest], [0, Infinity]);
  });

  it("agrees with a list of times", () => {
    const change = fc.record({
      kind: fc.constantFrom("add", "take", "drop", "expire"),
      count: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
        const waiting = new WaitingTasks();
        let times: number[] = [];
        changes.forEach(({ kind, count }, now) => {
          if (kind === "add") {
            waiting.add(count, now);
            times.push(...Array.from({ length: count }, () => now));
          } else if (kind === "take" && times.length > 0) {
            waiting.take();
            times.shift();
          } else if (kind === "drop") {
            assert.equal(waiting.dropNewest(count), Math.min(count, times.length));
            times = times.slice(0, Math.max(0, times.length - count));
          } else if (kind === "expire") {
            waiting.expire(now - 20);
            times = times.filter((time) => time > now - 20);
          }
          assert.deepEqual([waiting.count, waiting.oldest], [times.length, times[0] ?? Infinity]);
        });
      }),
    );
  });
});
