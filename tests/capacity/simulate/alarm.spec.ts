import assert from "node:assert/strict";
import { Alarm } from "../../../capacity/simulate/alarm";

function statesOf(alarm: Alarm, values: readonly number[]): string {
  return values
    .map((value) => {
      alarm.push(value);
      return alarm.inAlarm ? "A" : "-";
    })
    .join("");
}

describe("Alarm", () => {
  it("needs every datapoint strictly above its threshold", () => {
    const alarm = new Alarm({ direction: "above", threshold: 70, datapoints: 3 });
    assert.equal(statesOf(alarm, [71, 71, 70, 71, 71, 71, 90, 70]), "-----AA-");
  });

  it("needs every datapoint strictly below its threshold", () => {
    const alarm = new Alarm({ direction: "below", threshold: 63, datapoints: 2 });
    assert.equal(statesOf(alarm, [62, 63, 62, 62, 64]), "---A-");
  });

  it("takes no missing datapoint for low or high", () => {
    for (const direction of ["above", "below"] as const) {
      const alarm = new Alarm({ direction, threshold: 50, datapoints: 2 });
      const value = direction === "above" ? 60 : 40;
      assert.equal(statesOf(alarm, [NaN, NaN, value, NaN, value, value, NaN]), "-----A-");
    }
  });

  it("is not above a threshold by a rounding error", () => {
    const alarm = new Alarm({ direction: "above", threshold: 0.9 * 35, datapoints: 1 });
    assert.equal(statesOf(alarm, [31.5, 31.500000000000004, 31.51]), "--A");
  });
});
