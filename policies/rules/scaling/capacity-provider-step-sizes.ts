import { requireBounds } from "../../bounds";
import { type JudgedResource, resourcePolicy } from "../../policy";
import { repairNumber } from "../../repair-number";
import { repairableObject } from "../../repair-property";
import { numberOf, objectOf } from "../../values";

const TYPE = "aws:ecs/capacityProvider:CapacityProvider";

/** Source of the defaults: the ECS API reference, ManagedScaling. */
const DEFAULT_MINIMUM_STEP = 1;
const DEFAULT_MAXIMUM_STEP = 10_000;
const DEFAULT_WARMUP_SECONDS = 300;

export const capacityProviderStepSizes = resourcePolicy({
  name: "capacity-provider-step-sizes",
  description:
    "A capacity provider adds and removes few instances at a time and says how long one needs to warm up.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Set maxScalingStep and instanceWarmupSeconds in Pulumi.<stack>.yaml within the limits. A capacity provider outside this project sets managedScaling.maximumScalingStepSize and instanceWarmupPeriod: without the first, AWS adds up to 10000 instances at once.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ManagedScaling.html",
  checks: [
    {
      type: TYPE,
      check: ({ props }, { limits, violate }) => {
        const scaling = managedScalingOf(props);
        if (scaling === undefined) {
          return;
        }
        requireBounds(violate, {
          property: "maximumScalingStepSize",
          value: scaling["maximumScalingStepSize"],
          allowed: { min: 1, max: limits.maxStep },
          byDefault: DEFAULT_MAXIMUM_STEP,
          fix: "set maxScalingStep",
        });
      },
    },
    {
      type: TYPE,
      check: ({ props }, { limits, violate }) => {
        const scaling = managedScalingOf(props);
        if (scaling === undefined) {
          return;
        }
        // Each scale-out adds at least so many, even where fewer are needed.
        requireBounds(violate, {
          property: "minimumScalingStepSize",
          value: scaling["minimumScalingStepSize"],
          allowed: { min: 1, max: limits.maxStep },
          byDefault: DEFAULT_MINIMUM_STEP,
          fix: "leave minimumScalingStepSize at 1",
        });
      },
    },
    {
      type: TYPE,
      check: ({ props }, { violate }) => {
        const scaling = managedScalingOf(props) ?? {};
        const minimum = numberOf(scaling["minimumScalingStepSize"] ?? DEFAULT_MINIMUM_STEP);
        const maximum = numberOf(scaling["maximumScalingStepSize"] ?? DEFAULT_MAXIMUM_STEP);
        if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
          violate({
            got: `minimumScalingStepSize is ${String(minimum)} and maximumScalingStepSize ${String(maximum)}`,
            allowed: "a minimumScalingStepSize of at most maximumScalingStepSize",
            fix: "leave minimumScalingStepSize at 1",
          });
        }
      },
    },
    {
      type: TYPE,
      check: ({ props }, { limits, violate }) => {
        const scaling = managedScalingOf(props);
        if (scaling === undefined) {
          return;
        }
        requireBounds(violate, {
          property: "instanceWarmupPeriod",
          value: scaling["instanceWarmupPeriod"],
          allowed: limits.instanceWarmupSeconds,
          unit: "s",
          fix: "set instanceWarmupSeconds",
        });
      },
    },
  ],
  remediation: {
    type: TYPE,
    repair: (props, { maxStep, instanceWarmupSeconds }) => {
      const provider = repairableObject(props, "autoScalingGroupProvider") ?? {};
      const scaling = repairableObject(provider, "managedScaling");
      if (scaling === undefined) {
        return false;
      }
      const step = { min: 1, max: maxStep };
      return [
        repairNumber(scaling, "minimumScalingStepSize", step, DEFAULT_MINIMUM_STEP),
        repairNumber(scaling, "maximumScalingStepSize", step, maxStep),
        repairNumber(
          scaling,
          "instanceWarmupPeriod",
          instanceWarmupSeconds,
          DEFAULT_WARMUP_SECONDS,
        ),
      ].some(Boolean);
    },
  },
});

/** The managed scaling of a provider of a group; empty where it is left out, undefined for other providers. */
function managedScalingOf(
  props: Readonly<Record<string, unknown>>,
): JudgedResource["props"] | undefined {
  const provider = props["autoScalingGroupProvider"];
  return provider === undefined || provider === null
    ? undefined
    : objectOf(objectOf(provider)["managedScaling"]);
}
