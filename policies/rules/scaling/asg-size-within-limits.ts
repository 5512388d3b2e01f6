import { resourcePolicy } from "../../policy";
import { numberOf } from "../../values";

export const asgSizeWithinLimits = resourcePolicy({
  name: "asg-size-within-limits",
  description: "An Auto Scaling group stays between the environment's fewest and most instances.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Set minInstances and maxInstances in Pulumi.<stack>.yaml within the limits, or lower maxTasks, from which the most instances follow. Where the environment has to be larger, raise the limit in policies/limits.ts in a change of its own.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html",
  checks: [
    {
      type: "aws:autoscaling/group:Group",
      check: ({ props }, { limits, violate }) => {
        const maxSize = numberOf(props["maxSize"]);
        if (maxSize === undefined || maxSize > limits.maxCeiling) {
          violate({
            got: `maxSize is ${String(maxSize ?? "not a number")}`,
            allowed: `at most ${String(limits.maxCeiling)}`,
            fix: "lower maxInstances or maxTasks",
          });
        }
      },
    },
    {
      type: "aws:autoscaling/group:Group",
      check: ({ props }, { limits, violate }) => {
        const minSize = numberOf(props["minSize"]);
        if (minSize === undefined || minSize < limits.minFloor) {
          violate({
            got: `minSize is ${String(minSize ?? "not a number")}`,
            allowed: `at least ${String(limits.minFloor)}`,
            fix: "raise minInstances or minTasks",
          });
        }
      },
    },
    {
      type: "aws:autoscaling/group:Group",
      check: ({ props }, { violate }) => {
        const minSize = numberOf(props["minSize"]);
        const maxSize = numberOf(props["maxSize"]);
        if (minSize !== undefined && maxSize !== undefined && minSize > maxSize) {
          violate({
            got: `minSize is ${String(minSize)} and maxSize ${String(maxSize)}`,
            allowed: "a minSize of at most maxSize",
            fix: "lower minInstances or raise maxInstances",
          });
        }
      },
    },
    {
      type: "aws:autoscaling/group:Group",
      check: ({ props }, { violate }) => {
        const desired = numberOf(props["desiredCapacity"]);
        if (desired === undefined) {
          return;
        }
        const minSize = numberOf(props["minSize"]) ?? desired;
        const maxSize = numberOf(props["maxSize"]) ?? desired;
        if (desired < minSize || desired > maxSize) {
          violate({
            got: `desiredCapacity is ${String(desired)}`,
            allowed: `${String(minSize)} to ${String(maxSize)}`,
            fix: "leave desiredCapacity out: the capacity provider sets it",
          });
        }
      },
    },
  ],
});
