import assert from "node:assert/strict";
import { UNKNOWN_VALUE } from "../../policies/unknown-value";
import { UNKNOWN } from "../../tools/preview/graph";

describe("UNKNOWN_VALUE", () => {
  it("is what a graph has for a value that only the deployment tells", () => {
    assert.equal(UNKNOWN_VALUE, UNKNOWN);
  });
});
