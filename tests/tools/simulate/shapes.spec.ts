import assert from "node:assert/strict";
import { generateLoad } from "../../../tools/simulate/generate-load";
import { parseShapeArgument } from "../../../tools/simulate/shape-argument";
import { type Shape, shapes } from "../../../tools/simulate/shapes";

const DAY = 86_400;

/** Requests a second at the middles of the steps that hold these seconds. */
function ratesAt(
  name: keyof typeof shapes,
  text: string,
  seconds: readonly number[],
  length = DAY,
) {
  const shape: Shape = shapes[name];
  const faults: string[] = [];
  const argument = parseShapeArgument(shape, text, { peak: 100, seconds: length }, faults);
  assert.deepEqual(faults, []);
  const load = generateLoad({ name, shape, ...argument, seed: 1 });
  return seconds.map((second) => {
    const rate = (load.requests[Math.floor(second / load.stepSeconds)] ?? NaN) / load.stepSeconds;
    return Math.round(rate * 100) / 100;
  });
}

describe("shapes", () => {
  it("constant: the peak all the time", () => {
    assert.deepEqual(ratesAt("constant", "peak=7", [0, 43_200, DAY - 1]), [7, 7, 7]);
  });

  it("step: the base, and from a quarter of the length on the peak", () => {
    assert.deepEqual(ratesAt("step", "", [0, 21_599, 21_600, DAY - 1]), [20, 20, 100, 100]);
    assert.deepEqual(ratesAt("step", "at=1h,base=5", [3599, 3600]), [5, 100]);
  });

  it("ramp: a straight line from the base to the peak", () => {
    assert.deepEqual(
      ratesAt("ramp", "at=1000,rise=1000,base=0", [900, 1000, 1500, 1990, 5000]),
      [0, 0.5, 50.5, 99.5, 100],
    );
  });

  it("daily: highest at its hour, lowest twelve hours before", () => {
    assert.deepEqual(
      ratesAt("daily", "base=20", [2 * 3600, 8 * 3600, 14 * 3600]),
      [20, 60.01, 100],
    );
    assert.deepEqual(ratesAt("daily", "hour=2,base=20", [2 * 3600, 14 * 3600]), [100, 20]);
  });

  it("weekly: as daily, with its share on the last two days", () => {
    const noon = (day: number) => day * DAY + 14 * 3600;

    assert.deepEqual(
      ratesAt("weekly", "weekend=0.5", [0, 4, 5, 6].map(noon), 7 * DAY),
      [100, 100, 50, 50],
    );
  });

  it("flash-crowd: rises, holds and decays to 37 % in its time", () => {
    const text = "base=0,at=1h,rise=100,hold=1000,decay=1000";

    assert.deepEqual(
      ratesAt("flash-crowd", text, [3595, 3650, 3700, 4695, 5700]),
      [0, 55, 100, 100, 36.6],
    );
  });

  it("sawtooth: rises over its period and falls at once", () => {
    assert.deepEqual(
      ratesAt("sawtooth", "period=1000,base=0", [0, 500, 990, 1000]),
      [0.5, 50.5, 99.5, 0.5],
    );
  });
});
