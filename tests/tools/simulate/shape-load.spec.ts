import assert from "node:assert/strict";
import { peakRate } from "../../../tools/simulate/scale-load";
import { shapeLoad } from "../../../tools/simulate/shape-load";
import { aModel } from "./small-run";

const usual = { days: undefined, peakTasks: undefined, seed: 1 };

describe("shapeLoad", () => {
  it("takes for its peak what 80 % of maxTasks serve at their target", () => {
    // 20 tasks at 1000 requests a minute.
    assert.equal(
      peakRate(shapeLoad("constant", "", usual, aModel())).toFixed(6),
      ((0.8 * 20 * 1000) / 60).toFixed(6),
    );
    assert.equal(
      peakRate(shapeLoad("constant", "", { ...usual, peakTasks: 3 }, aModel())).toFixed(6),
      "50.000000",
    );
  });

  it("has its own length unless days say another", () => {
    const length = (days: number | undefined) =>
      shapeLoad("weekly", "", { ...usual, days }, aModel()).requests.length;

    assert.deepEqual([length(undefined), length(0.5)], [60_480, 4320]);
  });

  it("refuses every setting that is wrong at once", () => {
    const text = "peak=-1,bas=3,at=soon,noise=2,rise=0,hold,decay=1h,decay=2h";

    assert.throws(() => shapeLoad("flash-crowd", text, usual, aModel()), {
      name: "InputFileError",
      message: [
        "bas: is none of peak, base, noise, at, rise, hold, decay; did you mean 'base'?",
        "got 'hold', must be a setting such as peak=4000",
        "decay: is given twice; keep one",
        "peak: got '-1', must be requests a second, 0 or more",
        "noise: got '2', must be a relative deviation from 0 to 1",
        "at: got 'soon', must be a time above 0 such as 90, 15m or 2h, or a share of the length such as 25%",
        "rise: got '0', must be a time above 0 such as 90, 15m or 2h, or a share of the length such as 25%",
      ]
        .map((line) => `--trace flash-crowd: ${line}`)
        .join("\n"),
    });
  });

  it("refuses hours and shares out of their range", () => {
    assert.throws(() => shapeLoad("weekly", "hour=25,weekend=1.5,base=x%", usual, aModel()), {
      message: [
        "base: got 'x%', must be requests a second, or a share of the peak such as 20%",
        "hour: got '25', must be an hour from 0 to 24",
        "weekend: got '1.5', must be a share from 0 to 1",
      ]
        .map((line) => `--trace weekly: ${line}`)
        .join("\n"),
    });
  });
});
