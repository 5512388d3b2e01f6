import { resourcePolicy } from "../../policy";
import { numberOf } from "../../values";

const TYPE = "aws:appautoscaling/target:Target";

export const serviceCapacityWithinLimits = resourcePolicy({
  name: "service-capacity-within-limits",
  description: "A service scales between the environment's fewest and most tasks.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Set minTasks and maxTasks in Pulumi.<stack>.yaml within the limits; the instances follow. Where the environment has to be larger, raise the limit in policies/limits.ts in a change of its own.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
  checks: [
    {
      type: TYPE,
      check: ({ props }, { limits, violate }) => {
        if (props["serviceNamespace"] !== "ecs") {
          return;
        }
        const maxCapacity = numberOf(props["maxCapacity"]);
        if (maxCapacity === undefined || maxCapacity > limits.maxCeiling) {
          violate({
            got: `maxCapacity is ${String(maxCapacity ?? "not a number")}`,
            allowed: `at most ${String(limits.maxCeiling)}`,
            fix: "lower maxTasks",
          });
        }
      },
    },
    {
      type: TYPE,
      check: ({ props }, { limits, violate }) => {
        if (props["serviceNamespace"] !== "ecs") {
          return;
        }
        const minCapacity = numberOf(props["minCapacity"]);
        if (minCapacity === undefined || minCapacity < limits.minFloor) {
          violate({
            got: `minCapacity is ${String(minCapacity ?? "not a number")}`,
            allowed: `at least ${String(limits.minFloor)}`,
            fix: "raise minTasks",
          });
        }
      },
    },
    {
      type: TYPE,
      check: ({ props }, { limits, violate }) => {
        const bounds = boundsOf(props);
        if (bounds === undefined) {
          return;
        }
        const { minCapacity, maxCapacity } = bounds;
        const most = limits.maxRatio * Math.max(minCapacity, 1);
        if (maxCapacity > most) {
          violate({
            got: `minCapacity is ${String(minCapacity)} and maxCapacity ${String(maxCapacity)}`,
            allowed: `a maxCapacity of at most ${String(most)}, ${String(limits.maxRatio)} times minCapacity`,
            fix: "raise minTasks or lower maxTasks",
          });
        }
      },
    },
    {
      type: TYPE,
      check: ({ props }, { limits, violate }) => {
        const bounds = boundsOf(props);
        if (bounds === undefined) {
          return;
        }
        const { minCapacity, maxCapacity } = bounds;
        if (minCapacity > maxCapacity || (limits.requireRoom && minCapacity === maxCapacity)) {
          violate({
            got: `minCapacity is ${String(minCapacity)} and maxCapacity ${String(maxCapacity)}`,
            allowed: limits.requireRoom
              ? "a minCapacity below maxCapacity"
              : "a minCapacity of at most maxCapacity",
            fix: "lower minTasks or raise maxTasks",
          });
        }
      },
    },
  ],
});

/** Both bounds of an ECS service, or undefined where this is none or a bound is no number. */
function boundsOf(
  props: Readonly<Record<string, unknown>>,
): { readonly minCapacity: number; readonly maxCapacity: number } | undefined {
  if (props["serviceNamespace"] !== "ecs") {
    return undefined;
  }
  const minCapacity = numberOf(props["minCapacity"]);
  const maxCapacity = numberOf(props["maxCapacity"]);
  return minCapacity === undefined || maxCapacity === undefined
    ? undefined
    : { minCapacity, maxCapacity };
}
