import assert from "node:assert/strict";
import { LIMITS } from "../../../policies/limits";
import { knobsFor } from "../../../tools/tune/knobs";
import { SettingsPlanner, settingNames } from "../../../tools/tune/stack-settings";
import { inputsOf } from "./stack-inputs";

async function knobsOf(stack: "dev" | "prod", changes: Readonly<Record<string, string>> = {}) {
  const { presentPlan, presentModel, present } = new SettingsPlanner(
    await inputsOf(stack, changes),
  );
  const knobs = knobsFor(presentPlan, presentModel, present, LIMITS[stack]);
  return { present, values: Object.fromEntries(knobs.map(({ name, values }) => [name, values])) };
}

describe("knobsFor", () => {
  it("has every setting once, each value once and the present one among them", async () => {
    for (const stack of ["dev", "prod"] as const) {
      const { present, values } = await knobsOf(stack);

      assert.deepEqual(Object.keys(values), settingNames);
      for (const [name, tried] of Object.entries(values)) {
        assert.equal(new Set(tried).size, tried.length, `${stack} ${name}`);
        assert.ok(tried.includes(present[name] ?? ""), `${stack} ${name}`);
      }
    }
  });

  it("stays within the limits of the policies, in order", async () => {
    const { values } = await knobsOf("prod", {
      minTasks: "3",
      maxTasks: "20",
      cpuTargetPercent: "60",
      requestsPerTarget: "1000",
    });

    assert.deepEqual(values["cpuTargetPercent"], [40, 45, 50, 55, 60, 65, 70]);
    assert.deepEqual(values["targetCapacityPercent"], [70, 75, 80, 85, 90, 95]);
    assert.deepEqual(values["scaleOutCooldownSeconds"], [0, 30, 60, 120, 180, 300]);
    assert.deepEqual(values["scaleInCooldownSeconds"], [60, 120, 180, 300, 600, 900]);
    assert.deepEqual(values["maxScalingStep"], [1, 2, 3, 4, 5]);
    assert.deepEqual(values["minTasks"], [2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 19]);
    // At 1000 a minute a task uses 60 % of its CPU.
    assert.deepEqual(
      values["requestsPerTarget"],
      [500, 583, 667, 750, 833, 917, 1000, 1083, 1167, 1333, 1500],
    );
  });

  it("keeps a present value that no rule would have", async () => {
    const { values } = await knobsOf("prod", { requestsPerTarget: "1111", cpuTargetPercent: "63" });

    assert.ok(values["requestsPerTarget"]?.includes(1111));
    assert.deepEqual(values["cpuTargetPercent"], [40, 45, 50, 55, 60, 63, 65, 70]);
  });

  it("pairs each allowed type that holds a task with another, the cheapest a task first", async () => {
    const { values } = await knobsOf("prod", {
      taskCpu: "512",
      taskMemoryMiB: "1024",
      minInstances: "0",
      deploymentMaximumPercent: "200",
      instanceTypes: '["m6g.large","m7g.large"]',
    });
    const lists = values["instanceTypes"]?.map(String) ?? [];

    assert.ok(
      lists.every((list) => list.split(",").every((type) => /^(m7g|m6g|c7g|r7g)\./.test(type))),
    );
    assert.ok(lists.includes("m6g.medium,m7g.medium"));
    assert.ok(lists.indexOf("m6g.large,m7g.large") < lists.indexOf("m7g.large,m6g.large"));
  });
});
