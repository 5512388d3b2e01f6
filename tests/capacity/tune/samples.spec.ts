import assert from "node:assert/strict";
import { spreadSettings } from "../../../capacity/tune/samples";
import type { Knob, Settings } from "../../../capacity/tune/settings";

const knobs: readonly Knob[] = [
  { name: "a", values: [1, 2, 3, 4, 5] },
  { name: "b", values: ["x", "y"] },
  { name: "c", values: [10, 20, 30] },
];
const present: Settings = { a: 1, b: "x", c: 10, other: 7 };

function first(count: number, seed: number): Settings[] {
  const samples = spreadSettings(present, knobs, seed);
  return Array.from({ length: count }, () => samples.next().value);
}

describe("spreadSettings", () => {
  it("reaches every value of every knob about as often as any other", () => {
    const samples = first(300, 1);
    for (const { name, values } of knobs) {
      for (const value of values) {
        const count = samples.filter((settings) => settings[name] === value).length;
        const expected = 300 / values.length;
        assert.ok(
          Math.abs(count - expected) <= 0.1 * expected,
          `${name} ${String(value)} ${String(count)}`,
        );
      }
    }
  });

  it("reaches every pair of values", () => {
    const pairs = new Set(first(120, 1).map(({ a, c }) => `${String(a)} ${String(c)}`));
    assert.equal(pairs.size, 15);
  });

  it("keeps what has no knob", () => {
    assert.ok(first(10, 3).every(({ other }) => other === 7));
  });

  it("is the same for the same seed and another for another", () => {
    assert.deepEqual(first(20, 5), first(20, 5));
    assert.notDeepEqual(first(20, 5), first(20, 6));
  });
});
