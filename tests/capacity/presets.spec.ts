import assert from "node:assert/strict";
import type { Sourced } from "../../capacity/preset-settings";
import { findPreset, type Preset, presets } from "../../capacity/presets";
import { aScalingModel } from "./a-scaling-model";

type Entries = [string, Sourced<unknown>][];

function preset(name: string): Preset {
  const found = findPreset(name);
  assert.ok(found, name);
  return found;
}

describe("presets", () => {
  it("are those of AWS and three tools", () => {
    assert.deepEqual(
      presets.map(({ name, version }) => [name, version]),
      [
        ["aws", "API documentation of 2026-11"],
        ["terraform-aws-ecs", "7.5.0"],
        ["cdk", "2.276.0"],
        ["copilot", "commit 4c858e7 of 2024-03-25"],
      ],
    );
    assert.equal(findPreset("heroku"), undefined);
  });

  it("say of every value where it stands, and of an example that it is one", () => {
    for (const { name, settings, notes } of presets) {
      for (const [key, { source, basis }] of Object.entries(settings) as Entries) {
        assert.match(
          source,
          /^https:\/\/(docs\.aws\.amazon\.com|github\.com|aws\.github\.io)\//,
          key,
        );
        assert.ok(["default", "inherited", "example"].includes(basis), `${name} ${key}`);
      }
      const { value, basis } = settings.cpuTargetPercent;
      assert.equal(
        notes.some((note) => note.includes(`${value} %`)),
        basis === "example",
        name,
      );
    }
  });

  it("put AWS's defaults in place of a model's settings", () => {
    const { service, capacityProvider, loadBalancer } = preset("aws").apply(aScalingModel());

    assert.deepEqual(service.policies, [
      {
        metric: "cpu",
        target: 75,
        scaleOutCooldownSeconds: 300,
        scaleInCooldownSeconds: 300,
        scaleInDisabled: false,
        periodSeconds: 60,
      },
    ]);
    assert.deepEqual(service.placement, [{ type: "spread", field: "availabilityZone" }]);
    assert.deepEqual(service.scheduled, []);
    assert.deepEqual(capacityProvider, {
      managedScaling: true,
      targetCapacityPercent: 100,
      minimumScalingStep: 1,
      maximumScalingStep: 10_000,
      instanceWarmupSeconds: 300,
      managedTerminationProtection: false,
      managedDraining: true,
    });
    assert.deepEqual(loadBalancer, {
      healthCheckIntervalSeconds: 30,
      healthyThreshold: 5,
      unhealthyThreshold: 2,
      deregistrationDelaySeconds: 300,
      slowStartSeconds: 0,
    });
  });

  it("differ where a tool decides otherwise than AWS", () => {
    const differences = presets
      .slice(1)
      .map(({ name, settings }) => [
        name,
        (Object.entries(settings) as Entries)
          .filter(([, { basis }]) => basis !== "inherited")
          .map(([key, { value }]) => `${key} ${String(value)}`),
      ]);

    assert.deepEqual(Object.fromEntries(differences), {
      "terraform-aws-ecs": [
        "cpuTargetPercent 75",
        "scaleOutCooldownSeconds 60",
        "scaleInCooldownSeconds 300",
        "managedDraining true",
        "deploymentMinimumHealthyPercent 66",
        "deploymentMaximumPercent 200",
      ],
      cdk: [
        "cpuTargetPercent 50",
        "targetCapacityPercent 100",
        "managedTerminationProtection true",
        "deploymentMinimumHealthyPercent 50",
        "deploymentMaximumPercent 200",
      ],
      copilot: [
        "cpuTargetPercent 70",
        "scaleOutCooldownSeconds 60",
        "scaleInCooldownSeconds 120",
        "deploymentMinimumHealthyPercent 100",
        "deploymentMaximumPercent 200",
        "deregistrationDelaySeconds 60",
      ],
    });
  });

  it("take over what no preset decides", () => {
    const model = aScalingModel();
    for (const { apply, name } of presets) {
      const applied = apply(model);

      assert.equal(applied.group, model.group, name);
      assert.equal(applied.workload, model.workload, name);
      assert.equal(applied.timing, model.timing, name);
      assert.equal(applied.service.task, model.service.task, name);
      assert.deepEqual(
        [applied.service.minTasks, applied.service.maxTasks, applied.service.desiredTasks],
        [model.service.minTasks, model.service.maxTasks, model.service.desiredTasks],
        name,
      );
    }
  });
});
