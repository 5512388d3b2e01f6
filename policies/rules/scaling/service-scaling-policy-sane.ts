import { requireBounds } from "../../bounds";
import { type ResourceCheck, resourcePolicy } from "../../policy";
import type { Bounds, PolicyLimits } from "../../policy-limits";
import { repairNumber } from "../../repair-number";
import { repairableObject } from "../../repair-property";
import { booleanOf, numberOf, objectOf } from "../../values";

const TYPE = "aws:appautoscaling/policy:Policy";
const CONFIGURATION = "targetTrackingScalingPolicyConfiguration";

/** Pause of an ECS service after a scaling where the policy names none, by Application Auto Scaling. */
const DEFAULT_COOLDOWN_SECONDS = 300;

/** Each pause, and the key of its limits and of the configuration. */
const COOLDOWNS = [
  ["scaleOutCooldown", "scaleOutCooldownSeconds"],
  ["scaleInCooldown", "scaleInCooldownSeconds"],
] as const;

export const serviceScalingPolicySane = resourcePolicy({
  name: "service-scaling-policy-sane",
  description:
    "A service tracks a target inside the limits, scales in as well as out, and scales in no faster than out.",
  severity: "medium",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Set cpuTargetPercent, requestsPerTarget, scaleOutCooldownSeconds and scaleInCooldownSeconds in Pulumi.<stack>.yaml within the limits. A policy outside this project has the type TargetTrackingScaling and leaves disableScaleIn out.",
  url: "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html",
  checks: [
    {
      type: TYPE,
      check: ({ props }, { violate }) => {
        if (props["serviceNamespace"] === "ecs" && !tracksTarget(props)) {
          violate({
            got: "policyType is not TargetTrackingScaling",
            allowed: "TargetTrackingScaling",
            fix: "track a target: Application Auto Scaling derives the steps and their alarms from it",
          });
        }
      },
    },
    {
      type: TYPE,
      check: ({ props }, { limits, violate }) => {
        if (props["serviceNamespace"] !== "ecs" || !tracksTarget(props)) {
          return;
        }
        const configuration = objectOf(props[CONFIGURATION]);
        const target = decimalOf(configuration["targetValue"]);
        const allowed = allowedTarget(configuration, limits);
        if (target === undefined || target < allowed.min || target > allowed.max) {
          violate({
            got: `targetValue is ${String(target ?? "not a number")}`,
            allowed: allowed.text,
            fix: allowed.fix,
          });
        }
      },
    },
    ...COOLDOWNS.map(cooldown),
    {
      type: TYPE,
      check: ({ props }, { violate }) => {
        if (props["serviceNamespace"] !== "ecs" || !tracksTarget(props)) {
          return;
        }
        const configuration = objectOf(props[CONFIGURATION]);
        const scaleOut = cooldownOf(configuration["scaleOutCooldown"]);
        const scaleIn = cooldownOf(configuration["scaleInCooldown"]);
        if (scaleOut !== undefined && scaleIn !== undefined && scaleIn < scaleOut) {
          violate({
            got: `scaleInCooldown is ${String(scaleIn)} s and scaleOutCooldown ${String(scaleOut)} s`,
            allowed: "a scaleInCooldown of at least scaleOutCooldown",
            fix: "raise scaleInCooldownSeconds or lower scaleOutCooldownSeconds",
          });
        }
      },
    },
    {
      type: TYPE,
      check: ({ props }, { violate }) => {
        if (
          props["serviceNamespace"] === "ecs" &&
          tracksTarget(props) &&
          booleanOf(objectOf(props[CONFIGURATION])["disableScaleIn"]) === true
        ) {
          violate({
            got: "disableScaleIn is true",
            allowed: "false",
            fix: "leave disableScaleIn out, so that what was added goes again",
          });
        }
      },
    },
  ],
  remediation: {
    type: TYPE,
    repair: (props, limits) => {
      const configuration = repairableObject(props, CONFIGURATION);
      return (
        configuration !== undefined &&
        props["serviceNamespace"] === "ecs" &&
        COOLDOWNS.map(([property, key]) =>
          repairNumber(configuration, property, limits[key], DEFAULT_COOLDOWN_SECONDS),
        ).some(Boolean)
      );
    },
  },
});

type Limits = PolicyLimits["service-scaling-policy-sane"];

function cooldown([
  property,
  key,
]: (typeof COOLDOWNS)[number]): ResourceCheck<"service-scaling-policy-sane"> {
  return {
    type: TYPE,
    check: ({ props }, { limits, violate }) => {
      if (props["serviceNamespace"] === "ecs" && tracksTarget(props)) {
        requireBounds(violate, {
          property,
          value: objectOf(props[CONFIGURATION])[property],
          allowed: limits[key],
          byDefault: DEFAULT_COOLDOWN_SECONDS,
          unit: "s",
          fix: `set ${key}`,
        });
      }
    },
  };
}

/** Absent is StepScaling to the provider. */
const tracksTarget = (props: Readonly<Record<string, unknown>>): boolean =>
  props["policyType"] === "TargetTrackingScaling";

/** What the target may be, by the metric; of a metric of one's own only the sign is known. */
function allowedTarget(
  configuration: Readonly<Record<string, unknown>>,
  { utilizationTargetPercent: utilization, requestsPerTarget: requests }: Limits,
): Bounds & { readonly text: string; readonly fix: string } {
  const metric = objectOf(configuration["predefinedMetricSpecification"])["predefinedMetricType"];
  switch (metric) {
    case "ECSServiceAverageCPUUtilization":
    case "ECSServiceAverageMemoryUtilization":
      return {
        ...utilization,
        text: `${String(utilization.min)} to ${String(utilization.max)} percent`,
        fix: "set cpuTargetPercent, or the target of the memory",
      };
    case "ALBRequestCountPerTarget":
      return {
        ...requests,
        text: `${String(requests.min)} to ${String(requests.max)} requests a minute`,
        fix: "set requestsPerTarget",
      };
    default:
      return {
        min: Number.MIN_VALUE,
        max: Number.MAX_VALUE,
        text: "a number above 0",
        fix: "set the value that the metric is kept at",
      };
  }
}

/** Targets may have fractions. */
function decimalOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return Number.isFinite(number) ? (number as number) : undefined;
}

const cooldownOf = (value: unknown): number | undefined =>
  value === undefined || value === null ? DEFAULT_COOLDOWN_SECONDS : numberOf(value);
