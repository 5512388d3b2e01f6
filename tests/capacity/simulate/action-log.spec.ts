import assert from "node:assert/strict";
import { ActionLog } from "../../../capacity/simulate/action-log";

describe("ActionLog", () => {
  it("counts a change of direction within fifteen minutes as a flap, by level", () => {
    const log = new ActionLog();
    const add = (
      atSeconds: number,
      level: "tasks" | "instances" | "event",
      from: number,
      to: number,
    ) => {
      log.add({ atSeconds, level, from, to, reason: "test" });
    };
    add(0, "tasks", 4, 8);
    add(100, "instances", 3, 2);
    add(900, "tasks", 8, 6);
    assert.equal(log.flaps, 1);
    add(1801, "tasks", 6, 9);
    add(1900, "tasks", 9, 12);
    add(1950, "event", 12, 3);
    add(1960, "event", 3, 12);
    assert.equal(log.flaps, 1);
    assert.deepEqual(log.counts, { tasks: 4, instances: 1, event: 2 });
    assert.equal(log.actions.length, 7);
  });
});
