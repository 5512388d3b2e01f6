import assert from "node:assert/strict";
import { bindingOf, type BindingView } from "../../../capacity/simulate/binding";

const SCARCE: BindingView = {
  demandedTasks: 10,
  healthyTasks: 4,
  presentTasks: 4,
  waitingTasks: 0,
  desiredTasks: 4,
  maxTasks: 20,
  instances: 2,
  maxInstances: 5,
  unplaceable: false,
};

describe("bindingOf", () => {
  for (const [expected, changes] of [
    ["nothing", { healthyTasks: 10 }],
    ["detection", {}],
    ["maxTasks", { maxTasks: 4 }],
    ["taskStart", { desiredTasks: 10, presentTasks: 10 }],
    ["instances", { desiredTasks: 10, presentTasks: 10, waitingTasks: 3 }],
    ["maxInstances", { desiredTasks: 10, waitingTasks: 3, instances: 5 }],
    ["placement", { desiredTasks: 10, waitingTasks: 3, unplaceable: true }],
  ] as const) {
    it(`is ${expected} for ${JSON.stringify(changes)}`, () => {
      assert.equal(bindingOf({ ...SCARCE, ...changes }), expected);
    });
  }
});
