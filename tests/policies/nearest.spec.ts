import assert from "node:assert/strict";
import { didYouMean, nearest } from "../../policies/nearest";

describe("nearest", () => {
  it("gives the name with the fewest edits", () => {
    assert.equal(nearest("maxCeilng", ["minFloor", "maxCeiling", "maxRatio"]), "maxCeiling");
  });

  it("gives nothing where no name is near", () => {
    assert.equal(nearest("colour", ["minFloor", "maxCeiling"]), undefined);
    assert.equal(nearest("colour", []), undefined);
  });
});

describe("didYouMean", () => {
  it("is a hint, or an empty text", () => {
    assert.equal(didYouMean("alb-wav", ["alb-waf"]), "; did you mean alb-waf?");
    assert.equal(didYouMean("something-else", ["alb-waf"]), "");
  });
});
