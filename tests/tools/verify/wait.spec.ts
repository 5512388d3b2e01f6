import assert from "node:assert/strict";
import { patienceOf } from "../../../tools/verify/wait";

describe("patienceOf", () => {
  it("leaves no time at the deadline", async () => {
    assert.equal(await patienceOf(0, 10).wait(), false);
  });

  it("looks once more at the deadline itself, however long the interval", async () => {
    const patience = patienceOf(0.05, 3600);

    assert.equal(await patience.wait(), true);
    assert.equal(await patience.wait(), false);
  });
});
