import assert from "node:assert/strict";
import { seededRandom } from "../../../capacity/simulate/random";

describe("seededRandom", () => {
  it("gives the same numbers for the same seed, others for another", () => {
    const numbers = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
    assert.deepEqual(numbers(7), numbers(7));
    assert.notDeepEqual(numbers(7), numbers(8));
    assert.equal(seededRandom(1)(), 0.6270739405881613);
  });

  it("spreads evenly from 0 to 1", () => {
    const random = seededRandom(3);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let index = 0; index < 20_000; index += 1) {
      const tenth = Math.floor(random() * 10);
      counts[tenth] = (counts[tenth] ?? 0) + 1;
    }
    assert.ok(
      counts.every((count) => count > 1800 && count < 2200),
      counts.join(),
    );
  });
});
