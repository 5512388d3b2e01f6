import assert from "node:assert/strict";
import { checkAnswer, checkRollout, checkTargets, checkTasks } from "../../../tools/verify/checks";
import type { Deployment, ServiceState, Target } from "../../../tools/verify/service-state";
import { EARLIER, REVISION } from "./answers";

const primary: Deployment = {
  status: "PRIMARY",
  taskDefinition: REVISION,
  rolloutState: "COMPLETED",
  rolloutStateReason: "",
};

const state = (overrides: Partial<ServiceState> = {}): ServiceState => ({
  deployments: [primary],
  running: 2,
  desired: 2,
  pending: 0,
  targetGroups: [],
  events: [],
  ...overrides,
});

const results = (deployments: readonly Deployment[]) =>
  checkRollout(state({ deployments }), REVISION).map(({ result, found }) => [result, found]);

describe("checkRollout", () => {
  it("holds for the deployed revision once it is rolled out", () => {
    assert.deepEqual(results([primary]), [
      ["holds", "web-dev:7"],
      ["holds", "COMPLETED"],
    ]);
  });

  it("fails for another revision, as after a rollback", () => {
    assert.deepEqual(results([{ ...primary, taskDefinition: EARLIER }])[0], [
      "failed",
      "web-dev:6",
    ]);
  });

  it("fails for a rollout that failed, with its reason", () => {
    const failed = { ...primary, rolloutState: "FAILED", rolloutStateReason: "tasks failed" };

    assert.deepEqual(results([failed])[1], ["failed", "FAILED, tasks failed"]);
  });

  it("waits while an earlier deployment still has tasks", () => {
    const active = { ...primary, status: "ACTIVE", taskDefinition: EARLIER };

    assert.deepEqual(results([active, primary])[1], [
      "waiting",
      "COMPLETED; still ACTIVE web-dev:6",
    ]);
  });

  it("fails where there is no primary deployment", () => {
    assert.deepEqual(results([]), [["failed", "the service has no primary deployment"]]);
  });
});

describe("checkTasks", () => {
  for (const [running, desired, pending, result] of [
    [2, 2, 0, "holds"],
    [1, 2, 0, "waiting"],
    [3, 2, 0, "waiting"],
    [2, 2, 1, "waiting"],
    [0, 0, 0, "waiting"],
  ] as const) {
    it(`gives ${result} for ${String(running)} of ${String(desired)} tasks and ${String(pending)} pending`, () => {
      assert.equal(checkTasks(state({ running, desired, pending })).result, result);
    });
  }
});

describe("checkTargets", () => {
  const targets = (...states: string[]): Target[] =>
    states.map((target, index) => ({ id: `i-${String(index)}`, state: target, reason: "" }));

  for (const [states, running, result] of [
    [["healthy", "healthy"], 2, "holds"],
    [["healthy", "healthy", "draining"], 2, "holds"],
    [["healthy", "initial"], 2, "waiting"],
    [["healthy"], 2, "waiting"],
    [["draining"], 0, "waiting"],
    [[], 0, "waiting"],
  ] as const) {
    it(`gives ${result} for [${states.join(", ")}] and ${String(running)} running tasks`, () => {
      assert.equal(checkTargets(targets(...states), running).result, result);
    });
  }
});

describe("checkAnswer", () => {
  it("holds for 200 alone", () => {
    const result = (answer: number | string) => checkAnswer("http://a/readyz", answer).result;

    assert.deepEqual([200, 204, 301, 503, "no answer"].map(result), [
      "holds",
      "waiting",
      "waiting",
      "waiting",
      "waiting",
    ]);
  });
});
