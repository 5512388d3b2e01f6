import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { modelOf } from "../../../tools/simulate/stack-model";
import { settingNames } from "../../../tools/tune/stack-settings";
import { plannerOf } from "./stack-inputs";

/** A prod of a certain size, whatever ships. */
const PROD = {
  minTasks: "3",
  minInstances: "0",
  maxTasks: "20",
  cpuTargetPercent: "60",
  requestsPerTarget: "1000",
  targetCapacityPercent: "90",
  maxScalingStep: "5",
  instanceWarmupSeconds: "60",
  deploymentMaximumPercent: "200",
  instanceTypes: '["m7g.large","m6g.large"]',
};

describe("settings of a stack", () => {
  it("are keys of Pulumi.yaml, so that each can be pasted", () => {
    const { config } = parse(readFileSync("Pulumi.yaml", "utf8")) as { config: object };
    assert.deepEqual(
      settingNames.filter((name) => !Object.hasOwn(config, name)),
      [],
    );
  });
});

describe("SettingsPlanner", () => {
  it("finds what the stack has, and plans it as the program does", async () => {
    const planner = await plannerOf("prod", PROD);

    assert.deepEqual(planner.present, {
      cpuTargetPercent: 60,
      requestsPerTarget: 1000,
      minTasks: 3,
      scaleOutCooldownSeconds: 60,
      scaleInCooldownSeconds: 300,
      minInstances: 0,
      targetCapacityPercent: 90,
      maxScalingStep: 5,
      instanceWarmupSeconds: 60,
      instanceTypes: "m7g.large,m6g.large",
    });
    const planned = planner.plan(planner.present);
    assert.ok("model" in planned);
    assert.deepEqual(planned.model, modelOf(planner.presentPlan));
    assert.equal(planner.modelOf(planner.present), planner.presentModel);
  });

  it("derives the bounds of the group anew and keeps what a request costs", async () => {
    const planner = await plannerOf("prod", PROD);
    const model = planner.modelOf({
      ...planner.present,
      cpuTargetPercent: 50,
      minTasks: 12,
      targetCapacityPercent: 80,
    });

    assert.deepEqual(model.workload, planner.presentModel.workload);
    assert.deepEqual([model.group.minInstances, model.group.maxInstances], [5, 13]);
    assert.equal(model.capacityProvider.targetCapacityPercent, 80);
    assert.equal(model.service.desiredTasks, 12);
    assert.deepEqual(
      model.service.policies.map(({ target }) => target),
      [50, 1000],
    );
  });

  it("tells the faults of the plan and of the policies, and runs nothing with one", async () => {
    const planner = await plannerOf("prod", PROD);
    const faults = (changes: object) => planner.plan({ ...planner.present, ...changes }).faults;

    assert.deepEqual(faults({ minTasks: 12, minInstances: 4 }), [
      "minInstances: got 4, but minTasks 12 needs 5 instances of m7g.large (4 each at targetCapacityPercent 90), by minTasks after the loss of a zone",
    ]);
    assert.deepEqual(faults({ scaleOutCooldownSeconds: 180, scaleInCooldownSeconds: 60 }), [
      "scaleInCooldownSeconds 60 with scaleOutCooldownSeconds 180, service-scaling-policy-sane allows 180 to 900",
    ]);
    assert.deepEqual(faults({ instanceTypes: "m6g.large" }), [
      "the number of instanceTypes 1, mixed-instances allows at least 2",
    ]);
    assert.throws(
      () => planner.modelOf({ ...planner.present, targetCapacityPercent: 100 }),
      new RangeError("targetCapacityPercent 100, capacity-provider-managed allows 70 to 95"),
    );
  });

  it("throws the faults of a stack that cannot be planned", async () => {
    await assert.rejects(plannerOf("prod", { ...PROD, minTasks: "21" }), { name: "PlanError" });
  });
});
