import assert from "node:assert/strict";
import type { Binding } from "../../../capacity/simulate/simulation";
import { bindingIntervals } from "../../../tools/simulate/binding-intervals";
import { aSeries } from "./small-run";

const of = (binding: readonly Binding[], sampleSeconds = 60) =>
  bindingIntervals(aSeries({ binding, sampleSeconds })).map(
    ({ binding: kind, fromSeconds, toSeconds }) => [kind, fromSeconds, toSeconds],
  );

describe("bindingIntervals", () => {
  it("joins samples of one kind and parts kinds", () => {
    assert.deepEqual(
      of(["nothing", "detection", "detection", "instances", "nothing", "maxTasks"]),
      [
        ["detection", 60, 180],
        ["instances", 180, 240],
        ["maxTasks", 300, 360],
      ],
    );
  });

  it("joins what two minutes or less part", () => {
    assert.deepEqual(of(["maxTasks", "nothing", "nothing", "maxTasks"]), [["maxTasks", 0, 240]]);
    assert.deepEqual(of(["maxTasks", "nothing", "nothing", "nothing", "maxTasks"]), [
      ["maxTasks", 0, 60],
      ["maxTasks", 240, 300],
    ]);
  });

  it("joins nothing over a stretch of another kind", () => {
    assert.deepEqual(of(["maxTasks", "taskStart", "maxTasks"], 10), [
      ["maxTasks", 0, 10],
      ["taskStart", 10, 20],
      ["maxTasks", 20, 30],
    ]);
  });

  it("finds none in a run that nothing held back", () => {
    assert.deepEqual(of(["nothing", "nothing"]), []);
  });
});
