import assert from "node:assert/strict";
import { ObjectiveMinutes } from "../../../capacity/simulate/objective-minutes";

describe("ObjectiveMinutes", () => {
  it("misses a minute by more than the allowed share of its requests", () => {
    const minutes = new ObjectiveMinutes(0.01);
    minutes.add(100, 2, 30);
    minutes.add(100, 0, 60);
    assert.equal(minutes.missed, 0);
    minutes.add(200, 2.1, 120);
    assert.equal(minutes.missed, 1);
  });

  it("finds the longest run and counts no part of a minute", () => {
    const minutes = new ObjectiveMinutes(0);
    [1, 1, 0, 1, 1, 1, 0].forEach((slow, index) => {
      minutes.add(10, slow, 60 * (index + 1));
    });
    minutes.add(10, 5, 450);
    assert.deepEqual([minutes.missed, minutes.longest], [5, 3]);
  });

  it("misses no minute without requests", () => {
    const minutes = new ObjectiveMinutes(0);
    minutes.add(0, 0, 60);
    assert.equal(minutes.missed, 0);
  });
});
