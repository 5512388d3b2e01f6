import assert from "node:assert/strict";
import { predictiveMaximum, stepByPercent } from "../../../capacity/simulate/other-scaling";

describe("predictiveMaximum", () => {
  it("is 55 for a forecast of 50 with a buffer of 10 percent above a maximum of 40", () => {
    assert.equal(predictiveMaximum(50, 40, 10), 55);
  });

  it("is the maximum for a forecast within it", () => {
    assert.equal(predictiveMaximum(40, 40, 10), 40);
  });
});

describe("stepByPercent", () => {
  it("adds 2 for a quarter of 4 with a magnitude of 2", () => {
    assert.equal(stepByPercent(4, 25, 2), 2);
    assert.equal(stepByPercent(40, 25, 2), 10);
  });
});
