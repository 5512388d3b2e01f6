import assert from "node:assert/strict";
import { always, multiply, round, scale, sum, wholeCents } from "../../capacity/cost-range";

describe("cost range", () => {
  const range = { minimum: 1, steady: 2, worst: 4 };

  it("multiplies load by load", () => {
    assert.deepEqual(multiply(range, { minimum: 0, steady: 3, worst: 5 }), {
      minimum: 0,
      steady: 6,
      worst: 20,
    });
    assert.deepEqual(scale(range, 3), { minimum: 3, steady: 6, worst: 12 });
  });

  it("adds load by load, from nothing", () => {
    assert.deepEqual(sum([]), always(0));
    assert.deepEqual(sum([range, always(1)]), { minimum: 2, steady: 3, worst: 5 });
  });

  it("rounds half up", () => {
    assert.deepEqual(wholeCents({ minimum: 0.004, steady: 0.125, worst: 0.996 }), {
      minimum: 0,
      steady: 0.13,
      worst: 1,
    });
    assert.deepEqual(round({ minimum: 0.12344, steady: 0.12346, worst: 7 }, 4), {
      minimum: 0.1234,
      steady: 0.1235,
      worst: 7,
    });
  });
});
