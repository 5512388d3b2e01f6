import assert from "node:assert/strict";
import type { ScalingAction } from "../../../capacity/simulate/simulation";
import {
  elasticityRows,
  figuresOf,
  loadText,
  millisecondsText,
  notableActions,
} from "../../../tools/simulate/figures";
import { aCost, aReport, aRun, aSimulation } from "./small-run";

describe("loadText", () => {
  it("says what was sent, how long, from when and how much", () => {
    assert.equal(loadText(aReport()), "rise, 2 h from 2026-01-05 00:00 UTC, up to 240 requests/s");
  });
});

describe("figuresOf", () => {
  it("gives each figure with its unit", () => {
    assert.deepEqual(figuresOf(aRun()), [
      ["Objective", "99 % within 1 s"],
      ["Minutes that missed it", "10 of 120 (8.33 %)"],
      ["Longest miss", "10 min"],
      ["Requests", "1,080,000"],
      ["Lost", "60,000 (5.56 %)"],
      ["Latency p50 / p95 / p99", "19 ms / 4.2 s / 9.8 s"],
      ["Most tasks and instances", "17 / 5"],
      ["Task hours", "18.8"],
      ["Instance hours", "6.67, 0 of them empty"],
      ["Longest wait for an instance", "4 min 5 s"],
      ["Scaling actions", "1 of tasks, 1 of instances, 0 flaps"],
      ["Cost", "1.08 USD, 0.54 USD of it for instances, 1.00 USD a million requests"],
    ]);
  });

  it("says where nothing was missed, nothing came and a price is missing", () => {
    const simulation = aSimulation();
    const quiet = {
      ...simulation,
      summary: { ...simulation.summary, missedMinutes: 0, longestMissMinutes: 0 },
    };
    const cost = aCost({ usdPerMillionRequests: undefined, missing: ["m9g.large"] });
    const figures = new Map(figuresOf(aRun({ simulation: quiet, cost })));

    assert.equal(figures.get("Longest miss"), "none");
    assert.equal(figures.get("Minutes that missed it"), "0 of 120 (0 %)");
    assert.equal(
      figures.get("Cost"),
      "1.08 USD, 0.54 USD of it for instances; no price: m9g.large",
    );
  });
});

describe("millisecondsText", () => {
  it("turns to seconds from a second on", () => {
    assert.deepEqual([0.5, 35, 999, 1000, 12_345].map(millisecondsText), [
      "0.5 ms",
      "35 ms",
      "999 ms",
      "1 s",
      "12.3 s",
    ]);
  });
});

describe("elasticityRows", () => {
  it("gives the five measures of both levels", () => {
    assert.deepEqual(elasticityRows(aRun()), [
      ["tasks", "4.6", "50.5", "8.3", "91.7", "1.7"],
      ["instances", "2.0", "50.5", "8.3", "91.7", "1.7"],
    ]);
  });
});

describe("notableActions", () => {
  const action = (
    atSeconds: number,
    from: number,
    to: number,
    level: ScalingAction["level"] = "tasks",
  ) => ({
    atSeconds,
    level,
    from,
    to,
    reason: "",
  });

  it("prefers events, then the largest steps, and keeps the order of time", () => {
    const actions = [action(1, 4, 5), action(2, 9, 2), action(3, 2, 8), action(4, 3, 3, "event")];

    assert.deepEqual(
      notableActions(actions, 3).map(({ atSeconds }) => atSeconds),
      [2, 3, 4],
    );
    assert.deepEqual(notableActions(actions, 9), actions);
  });
});
