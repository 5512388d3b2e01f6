import assert from "node:assert/strict";
import fc from "fast-check";
import { Arrivals } from "../../../capacity/simulate/arrivals";
import { aLoad } from "./a-model";

function arrivals(stepSeconds: number, requests: readonly number[]): Arrivals {
  return new Arrivals(aLoad([], { stepSeconds, requests: Float64Array.from(requests) }));
}

describe("Arrivals", () => {
  it("takes the part of a step that lies within", () => {
    assert.equal(arrivals(60, [60, 120]).between(10, 20), 10);
    assert.equal(arrivals(60, [60, 120]).between(50, 70), 30);
    assert.equal(arrivals(2, [5, 7, 9]).between(1, 6), 18.5);
  });

  it("gives every request once, however the time is cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 60 }),
        (requests, stepSeconds, tick) => {
          const load = arrivals(stepSeconds, requests);
          const end = stepSeconds * requests.length;
          let sum = 0;
          for (let from = 0; from < end; from += tick) {
            sum += load.between(from, Math.min(end, from + tick));
          }
          const all = requests.reduce((a, b) => a + b, 0);
          assert.ok(Math.abs(sum - all) <= 1e-9 * Math.max(1, all));
        },
      ),
    );
  });
});
