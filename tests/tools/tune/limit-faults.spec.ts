import assert from "node:assert/strict";
import fc from "fast-check";
import { LIMITS } from "../../../policies/limits";
import { judgeStack } from "../../../tools/policy/judge-stack";
import { knobsFor } from "../../../tools/tune/knobs";
import { limitFaults } from "../../../tools/tune/limit-faults";
import { SettingsPlanner } from "../../../tools/tune/stack-settings";
import { recorded } from "../../support/stacks";
import { inputsOf } from "./stack-inputs";

describe("limitFaults", () => {
  it("finds nothing in the stacks that ship, as the policy pack does", async () => {
    for (const stack of ["dev", "prod"] as const) {
      const { presentPlan } = new SettingsPlanner(await inputsOf(stack));
      assert.deepEqual(limitFaults(presentPlan, LIMITS[stack]), [], stack);
    }
  });

  for (const [what, changes, faults] of [
    [
      "a target above its limit",
      { cpuTargetPercent: "75" },
      ["cpuTargetPercent 75, service-scaling-policy-sane allows 40 to 70"],
    ],
    [
      "a pause below its limit",
      { scaleInCooldownSeconds: "30" },
      [
        "scaleInCooldownSeconds 30 with scaleOutCooldownSeconds 60, service-scaling-policy-sane allows 60 to 900",
      ],
    ],
    [
      "a pause above its limit",
      { scaleOutCooldownSeconds: "301", scaleInCooldownSeconds: "600" },
      ["scaleOutCooldownSeconds 301, service-scaling-policy-sane allows at most 300"],
    ],
    [
      "a service that scales in faster than out",
      { scaleOutCooldownSeconds: "180", scaleInCooldownSeconds: "60" },
      [
        "scaleInCooldownSeconds 60 with scaleOutCooldownSeconds 180, service-scaling-policy-sane allows 180 to 900",
      ],
    ],
    [
      "a step above its limit",
      { maxScalingStep: "6" },
      ["maxScalingStep 6, capacity-provider-step-sizes allows 1 to 5"],
    ],
    [
      "a warm-up below its limits",
      { instanceWarmupSeconds: "20" },
      [
        "instanceWarmupSeconds 20, capacity-provider-step-sizes allows 30 to 600",
        "instanceWarmupSeconds 20, cooldown-and-warmup-bounds allows 30 to 600",
      ],
    ],
    [
      "too large a group",
      { maxInstances: "21" },
      ["maxInstances 21, asg-size-within-limits allows at most 20"],
    ],
    [
      "a group that may grow too much",
      { minTasks: "2", minInstances: "3", maxTasks: "30" },
      ["maxTasks 30 with minTasks 2, service-capacity-within-limits allows 3 to 20"],
    ],
    [
      "too little room for the instances of a lost zone",
      { minInstances: "12", maxInstances: "17" },
      ["maxInstances 17 with minInstances 12, asg-headroom allows at least 18"],
    ],
    [
      "types of a family that is not allowed",
      { instanceTypes: '["m8g.large","m7g.large"]' },
      ["m8g.large, which instance-type-allow-list does not have"],
    ],
    [
      "one type",
      { instanceTypes: '["m7g.large"]' },
      ["the number of instanceTypes 1, mixed-instances allows at least 2"],
    ],
  ] as const) {
    it(`finds ${what}`, async () => {
      const inputs = await inputsOf("prod", {
        minTasks: "3",
        minInstances: "0",
        maxTasks: "20",
        instanceTypes: '["m7g.large","m6g.large"]',
        targetCapacityPercent: "90",
        deploymentMaximumPercent: "200",
        maxScalingStep: "5",
        ...changes,
      });
      const { presentPlan } = new SettingsPlanner(inputs);
      assert.deepEqual(limitFaults(presentPlan, LIMITS.prod), faults);
    });
  }

  it("finds a fleet that is too large in all", async () => {
    const types = '["m7g.4xlarge","m6g.4xlarge"]';
    const inputs = await inputsOf("prod", {
      minTasks: "5",
      minInstances: "8",
      maxInstances: "17",
      maxTasks: "50",
      instanceTypes: types,
    });
    const { presentPlan } = new SettingsPlanner(inputs);
    assert.deepEqual(limitFaults(presentPlan, LIMITS.prod), [
      "the most vCPUs 272, fleet-vcpu-ceiling allows at most 256",
      "the most GiB of memory 1088, fleet-vcpu-ceiling allows at most 1024",
    ]);
  });

  it("lets nothing pass that the policy pack refuses, of all that a search may try", async () => {
    const planner = new SettingsPlanner(await inputsOf("prod"));
    const { present, presentPlan, presentModel } = planner;
    const knobs = knobsFor(presentPlan, presentModel, present, LIMITS.prod);
    const anySettings = fc.record(
      Object.fromEntries(
        knobs.map(({ name, values }) => [
          name,
          fc.oneof(fc.constant(present[name] ?? ""), fc.constantFrom(...values)),
        ]),
      ),
    );
    const passing = fc
      .sample(anySettings, { numRuns: 200, seed: 1 })
      .filter((settings) => planner.plan(settings).faults.length === 0)
      .slice(0, 6);

    assert.equal(passing.length, 6);
    for (const settings of passing) {
      const pasted = Object.fromEntries(
        Object.entries(settings).map(([name, value]) => [
          `ecs-on-ec2:${name}`,
          name === "instanceTypes" ? JSON.stringify(String(value).split(",")) : String(value),
        ]),
      );
      const { findings } = await judgeStack(await recorded("prod", pasted));
      assert.deepEqual(
        findings.filter(({ outcome }) => outcome === "violation"),
        [],
        JSON.stringify(settings),
      );
    }
  });
});
