import assert from "node:assert/strict";
import fc from "fast-check";
import { waitProbability } from "../../../capacity/simulate/erlang";

/** Erlang's C by its sum, with terms relative to the last so that none overflows. */
function bySum(servers: number, offered: number): number {
  let term = 1;
  let sum = 1;
  for (let n = servers; n >= 1; n -= 1) {
    term *= n / offered;
    sum += term;
  }
  const load = offered / servers;
  const last = 1 / (1 - load);
  return last / (sum - 1 + last);
}

describe("waitProbability", () => {
  it("is the load of a single server", () => {
    assert.ok(Math.abs(waitProbability(1, 0.3) - 0.3) < 1e-12);
  });

  it("gives the textbook values", () => {
    for (const [servers, offered, expected] of [
      [2, 1, 1 / 3],
      [10, 8, 0.4092],
      [20, 16, 0.2561],
    ] as const) {
      assert.ok(Math.abs(waitProbability(servers, offered) - expected) < 5e-5, `${servers}`);
    }
  });

  it("is 0 without requests and 1 at full load or beyond", () => {
    assert.equal(waitProbability(5, 0), 0);
    assert.equal(waitProbability(5, 5), 1);
    assert.equal(waitProbability(5.5, 6), 1);
    assert.equal(waitProbability(5000, 5000), 1);
  });

  it("stays within one part in 12 x servers of the sum, above it, for many servers", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 21, max: 3000 }),
        fc.double({ min: 0.3, max: 0.9999, noNaN: true }),
        (servers, load) => {
          const exact = bySum(servers, load * servers);
          const expanded = waitProbability(servers, load * servers);
          assert.ok(expanded >= exact * (1 - 1e-6), `${expanded} < ${exact}`);
          assert.ok(expanded <= exact * (1 + 1 / (12 * servers - 1)) + 1e-12);
        },
      ),
    );
  });

  it("falls with servers, whole or not, and rises with the load", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 60, noNaN: true }),
        fc.double({ min: 0.1, max: 0.98, noNaN: true }),
        (servers, load) => {
          const offered = servers * load;
          // At the change from counting to the expansion the two differ by less than this.
          const slack = 1.005;
          assert.ok(
            waitProbability(servers + 0.3, offered) <= waitProbability(servers, offered) * slack,
          );
          assert.ok(
            waitProbability(servers, offered * 1.01) * slack >= waitProbability(servers, offered),
          );
        },
      ),
    );
  });
});
