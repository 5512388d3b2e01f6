import { requireBounds } from "../../bounds";
import { eachKnown } from "../../known";
import { limitsOf } from "../../limits";
import { type JudgedResource, type ResourceCheck, resourcePolicy } from "../../policy";
import type { Bounds, PolicyLimits } from "../../policy-limits";
import { listOf, numberOf, objectOf } from "../../values";

type Props = JudgedResource["props"];

/** A policy that scales by steps, as both services spell it. */
interface Steps {
  /** Path and value of each adjustment; read late, as one may be unknown. */
  readonly eachAdjustment: (check: (path: string, value: unknown) => void) => void;
  /** Properties that hold the kind of adjustment, its least size and its pause. */
  readonly settings: Props;
  /** The pause after a step, by the property that this kind of policy has for it. */
  readonly pause: "cooldown" | "estimatedInstanceWarmup";
}

/** The two services that scale by steps, and whose bounds an exact capacity has to keep. */
const SERVICES = [
  {
    type: "aws:autoscaling/policy:Policy",
    stepsOf: groupSteps,
    size: "asg-size-within-limits",
  },
  {
    type: "aws:appautoscaling/policy:Policy",
    stepsOf: serviceSteps,
    size: "service-capacity-within-limits",
  },
] as const;

export const stepScalingBounded = resourcePolicy({
  name: "step-scaling-bounded",
  description: "Scaling by steps adds and removes little at a time and pauses after each step.",
  severity: "medium",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: ["cdk-nag AwsSolutions-AS1"],
  remediationSteps:
    "Lower scalingAdjustment and minAdjustmentMagnitude to the limits and give the policy a pause, or track a target instead, as this project does with cpuTargetPercent and requestsPerTarget in Pulumi.<stack>.yaml.",
  url: "https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html",
  checks: SERVICES.flatMap(({ type, stepsOf, size }): ResourceCheck<"step-scaling-bounded">[] => [
    {
      type,
      check: ({ props }, { limits, environment, violate }) => {
        const steps = stepsOf(props);
        if (steps === undefined) {
          return;
        }
        const bounds = adjustmentBounds(
          steps.settings["adjustmentType"],
          limits,
          environment,
          size,
        );
        steps.eachAdjustment((property, value) => {
          requireBounds(violate, {
            property,
            value,
            ...bounds,
            fix: "make the step smaller, or track a target",
          });
        });
      },
    },
    {
      type,
      check: ({ props }, { limits, violate }) => {
        // A step is at least so large, even where its percentage is less.
        const magnitude = stepsOf(props)?.settings["minAdjustmentMagnitude"];
        if (magnitude !== undefined && magnitude !== null) {
          requireBounds(violate, {
            property: "minAdjustmentMagnitude",
            value: magnitude,
            allowed: { min: 0, max: limits.maxStep },
            fix: "lower minAdjustmentMagnitude",
          });
        }
      },
    },
    {
      type,
      check: ({ props }, { violate }) => {
        const steps = stepsOf(props);
        // An absent pause is that of the group or, for a service, 300 s.
        if (steps !== undefined && numberOf(steps.settings[steps.pause]) === 0) {
          violate({
            got: `${steps.pause} is 0 s`,
            allowed: "at least 1 s",
            fix: `raise ${steps.pause} or leave it out`,
          });
        }
      },
    },
  ]),
});

/** Absent is SimpleScaling to the provider: one adjustment, with a cooldown. */
function groupSteps(props: Props): Steps | undefined {
  switch (props["policyType"] ?? "SimpleScaling") {
    case "SimpleScaling":
      return {
        eachAdjustment: (check) => {
          check("scalingAdjustment", props["scalingAdjustment"]);
        },
        settings: props,
        pause: "cooldown",
      };
    case "StepScaling":
      return {
        eachAdjustment: eachStep(props),
        settings: props,
        pause: "estimatedInstanceWarmup",
      };
    default:
      return undefined;
  }
}

/** Absent is StepScaling to the provider. */
function serviceSteps(props: Props): Steps | undefined {
  if (
    props["serviceNamespace"] !== "ecs" ||
    (props["policyType"] ?? "StepScaling") !== "StepScaling"
  ) {
    return undefined;
  }
  const settings = objectOf(props["stepScalingPolicyConfiguration"]);
  return {
    eachAdjustment: eachStep(settings),
    settings,
    pause: "cooldown",
  };
}

function eachStep(owner: Props): Steps["eachAdjustment"] {
  return (check) => {
    eachKnown(listOf(owner["stepAdjustments"]), (step, index) => {
      check(
        `stepAdjustments[${String(index)}].scalingAdjustment`,
        objectOf(step)["scalingAdjustment"],
      );
    });
  };
}

function adjustmentBounds(
  adjustmentType: unknown,
  { maxStep, maxStepPercent }: PolicyLimits["step-scaling-bounded"],
  environment: string,
  size: (typeof SERVICES)[number]["size"],
): { readonly allowed: Bounds; readonly unit?: "%" } {
  switch (adjustmentType) {
    case "PercentChangeInCapacity":
      return { allowed: { min: -maxStepPercent, max: maxStepPercent }, unit: "%" };
    case "ExactCapacity": {
      const { minFloor, maxCeiling } = limitsOf(environment)[size];
      return { allowed: { min: minFloor, max: maxCeiling } };
    }
    default:
      return { allowed: { min: -maxStep, max: maxStep } };
  }
}
