import assert from "node:assert/strict";
import { Readiness } from "../../app/src/readiness";

describe("Readiness", () => {
  it("starts, becomes ready and drains", () => {
    const readiness = new Readiness();
    const states = [readiness.state];

    readiness.becomeReady();
    states.push(readiness.state);
    readiness.startDraining();
    states.push(readiness.state);

    assert.deepEqual(states, ["starting", "ready", "draining"]);
  });

  it("does not become ready once it drains", () => {
    const readiness = new Readiness();

    readiness.startDraining();
    readiness.becomeReady();

    assert.equal(readiness.state, "draining");
  });
});
