import assert from "node:assert/strict";
import { limitsOf } from "../../../../policies/limits";
import { serviceScalingPolicySane as policy } from "../../../../policies/rules/scaling/service-scaling-policy-sane";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";
import { checkingUnknowns } from "../../../support/unknowns";

const tracking = (change: Readonly<Record<string, unknown>>) => ({
  targetTrackingScalingPolicyConfiguration: JSON.parse(
    JSON.stringify({ ...CONFIGURATION, ...change }),
  ) as unknown,
});
const CONFIGURATION = {
  predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
  targetValue: 60,
  scaleOutCooldown: 60,
  scaleInCooldown: 300,
};
const REQUESTS = {
  predefinedMetricSpecification: { predefinedMetricType: "ALBRequestCountPerTarget" },
};
const UTILIZATION_FIX = "set cpuTargetPercent, or the target of the memory";

describe("service-scaling-policy-sane", () => {
  const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
    policy,
    type: "aws:appautoscaling/policy:Policy",
    props: {
      serviceNamespace: "ecs",
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: CONFIGURATION,
    },
    levels: { dev: "advisory", prod: "mandatory" },
  });

  accepts("a target inside the limits");
  accepts("the lowest utilisation", tracking({ targetValue: 40 }));
  accepts("the highest utilisation, as a text", tracking({ targetValue: "70" }));
  accepts("a target with a fraction", tracking({ targetValue: 62.5 }));
  accepts("the most requests", tracking({ ...REQUESTS, targetValue: 10_000 }));
  accepts("a metric of one's own", {
    ...tracking({ predefinedMetricSpecification: undefined, targetValue: 0.1 }),
  });
  accepts("the bounds of the cooldowns", tracking({ scaleOutCooldown: 300, scaleInCooldown: 900 }));
  accepts("no pause after a scale-out", tracking({ scaleOutCooldown: 0, scaleInCooldown: 60 }));
  accepts(
    "AWS's default of the cooldowns",
    tracking({ scaleOutCooldown: undefined, scaleInCooldown: undefined }),
  );
  accepts("scale-in that is on by word", tracking({ disableScaleIn: "false" }));
  accepts("what is no service", {
    serviceNamespace: "dynamodb",
    policyType: "StepScaling",
    targetTrackingScalingPolicyConfiguration: undefined,
  });
  accepts("a target of what is no service", {
    serviceNamespace: "dynamodb",
    ...tracking({
      targetValue: 99,
      scaleOutCooldown: 901,
      scaleInCooldown: 0,
      disableScaleIn: true,
    }),
  });
  accepts("dev's limits in dev", tracking({ targetValue: 80 }), "dev");
  refuses("one percent too little", tracking({ targetValue: 39 }), [
    "targetValue is 39",
    "40 to 70 percent",
    UTILIZATION_FIX,
  ]);
  refuses("one percent too much", tracking({ targetValue: 71 }), [
    "targetValue is 71",
    "40 to 70 percent",
    UTILIZATION_FIX,
  ]);
  refuses(
    "too much memory",
    tracking({
      predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageMemoryUtilization" },
      targetValue: 70.5,
    }),
    ["targetValue is 70.5", "40 to 70 percent", UTILIZATION_FIX],
  );
  refuses("one request too many", tracking({ ...REQUESTS, targetValue: 10_001 }), [
    "targetValue is 10001",
    "1 to 10000 requests a minute",
    "set requestsPerTarget",
  ]);
  refuses("no request", tracking({ ...REQUESTS, targetValue: 0 }), [
    "targetValue is 0",
    "1 to 10000 requests a minute",
    "set requestsPerTarget",
  ]);
  refuses(
    "zero of a metric of one's own",
    tracking({ predefinedMetricSpecification: undefined, targetValue: 0 }),
    ["targetValue is 0", "a number above 0", "set the value that the metric is kept at"],
  );
  refuses("an absent target", tracking({ targetValue: undefined }), [
    "targetValue is not a number",
    "40 to 70 percent",
    UTILIZATION_FIX,
  ]);
  refuses("an absent configuration", { targetTrackingScalingPolicyConfiguration: undefined }, [
    "targetValue is not a number",
    "a number above 0",
    "set the value that the metric is kept at",
  ]);
  refuses(
    "a second too long after a scale-out",
    tracking({ scaleOutCooldown: 301, scaleInCooldown: 301 }),
    ["scaleOutCooldown is 301 s", "0 to 300 s", "set scaleOutCooldownSeconds"],
  );
  refuses(
    "a second too short after a scale-in",
    tracking({ scaleOutCooldown: 0, scaleInCooldown: 59 }),
    ["scaleInCooldown is 59 s", "60 to 900 s", "set scaleInCooldownSeconds"],
  );
  refuses("a second too long after a scale-in", tracking({ scaleInCooldown: 901 }), [
    "scaleInCooldown is 901 s",
    "60 to 900 s",
    "set scaleInCooldownSeconds",
  ]);
  refuses("a cooldown that is no number", tracking({ scaleInCooldown: [] }), [
    "scaleInCooldown is not a whole number",
    "60 to 900 s",
    "set scaleInCooldownSeconds",
  ]);
  refuses(
    "a faster scale-in than scale-out",
    tracking({ scaleOutCooldown: 61, scaleInCooldown: 60 }),
    [
      "scaleInCooldown is 60 s and scaleOutCooldown 61 s",
      "a scaleInCooldown of at least scaleOutCooldown",
      "raise scaleInCooldownSeconds or lower scaleOutCooldownSeconds",
    ],
  );
  refuses(
    "a faster scale-in than AWS's default scale-out",
    tracking({ scaleOutCooldown: undefined, scaleInCooldown: 299 }),
    [
      "scaleInCooldown is 299 s and scaleOutCooldown 300 s",
      "a scaleInCooldown of at least scaleOutCooldown",
      "raise scaleInCooldownSeconds or lower scaleOutCooldownSeconds",
    ],
  );
  refuses("a service that never scales in", tracking({ disableScaleIn: true }), [
    "disableScaleIn is true",
    "false",
    "leave disableScaleIn out, so that what was added goes again",
  ]);
  for (const policyType of ["StepScaling", undefined]) {
    refuses(`${policyType ?? "an absent type"} of policy`, { policyType }, [
      "policyType is not TargetTrackingScaling",
      "TargetTrackingScaling",
      "track a target: Application Auto Scaling derives the steps and their alarms from it",
    ]);
  }
  refuses(
    "one percent too much for dev",
    tracking({ targetValue: 81 }),
    ["targetValue is 81", "30 to 80 percent", UTILIZATION_FIX],
    "dev",
  );
  undecided(
    "an unknown target, and decides the cooldown",
    tracking({ targetValue: UNKNOWN, scaleInCooldown: 901 }),
    [["scaleInCooldown is 901 s", "60 to 900 s", "set scaleInCooldownSeconds"]],
  );
  undecided("an unknown cooldown", tracking({ scaleOutCooldown: UNKNOWN }));
  undecided("an unknown type of policy", { policyType: UNKNOWN });
  ignoresOtherTypes();

  describe("remediation", () => {
    const repaired = (props: Record<string, unknown>) => {
      const limits = limitsOf("prod")["service-scaling-policy-sane"];
      return { changed: policy.remediation?.repair(checkingUnknowns(props), limits), props };
    };

    it("moves the cooldowns to the nearest limit and nothing else, once", () => {
      const props = {
        serviceNamespace: "ecs",
        ...tracking({ targetValue: 90, scaleOutCooldown: 301, scaleInCooldown: 59 }),
      };

      assert.deepEqual(repaired(props), {
        changed: true,
        props: {
          serviceNamespace: "ecs",
          ...tracking({ targetValue: 90, scaleOutCooldown: 300, scaleInCooldown: 60 }),
        },
      });
      assert.equal(repaired(props).changed, false);
    });

    it("leaves an unknown cooldown, and what is no service", () => {
      const unknown = { serviceNamespace: "ecs", ...tracking({ scaleOutCooldown: UNKNOWN }) };
      const table = { serviceNamespace: "dynamodb", ...tracking({ scaleOutCooldown: 301 }) };

      assert.equal(repaired(unknown).changed, false);
      assert.equal(repaired(table).changed, false);
    });
  });
});
