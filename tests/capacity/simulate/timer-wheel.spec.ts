import assert from "node:assert/strict";
import fc from "fast-check";
import { TimerWheel } from "../../../capacity/simulate/timer-wheel";

function takeAll(wheel: TimerWheel, tick: number): number[] {
  const taken: number[] = [];
  for (let id = wheel.take(tick); id >= 0; id = wheel.take(tick)) {
    taken.push(id);
  }
  return taken.sort((a, b) => a - b);
}

describe("TimerWheel", () => {
  it("gives each thing once, at its tick", () => {
    const wheel = new TimerWheel(5);
    wheel.reserve(3);
    wheel.add(0, 2);
    wheel.add(1, 2);
    wheel.add(2, 4);
    assert.deepEqual(
      [1, 2, 3, 4, 5].map((tick) => takeAll(wheel, tick)),
      [[], [0, 1], [], [2], []],
    );
  });

  it("agrees with a list that is searched", () => {
    const change = fc.record({
      id: fc.nat({ max: 9 }),
      delay: fc.integer({ min: 1, max: 8 }),
      kind: fc.constantFrom("add", "remove", "tick"),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const wheel = new TimerWheel(8);
        wheel.reserve(4);
        wheel.reserve(10);
        const due = new Map<number, number>();
        let tick = 0;
        for (const { id, delay, kind } of changes) {
          if (kind === "add") {
            wheel.add(id, tick + delay);
            due.set(id, tick + delay);
          } else if (kind === "remove") {
            wheel.remove(id);
            due.delete(id);
          } else {
            tick += 1;
            const expected = [...due].filter(([, at]) => at === tick).map(([it]) => it);
            expected.forEach((it) => due.delete(it));
            assert.deepEqual(
              takeAll(wheel, tick),
              expected.sort((a, b) => a - b),
            );
          }
        }
      }),
    );
  });
});
