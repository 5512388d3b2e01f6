import { resourcePolicy } from "../../policy";
import { numberOf } from "../../values";

export const asgMaxMinRatio = resourcePolicy({
  name: "asg-max-min-ratio",
  description:
    "An Auto Scaling group grows to no more than a fixed multiple of its fewest instances.",
  severity: "medium",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Set minInstances and maxInstances in Pulumi.<stack>.yaml closer together, or minTasks and maxTasks, from which they follow. A wide range is mostly a slip of a zero: a group that is right at its fewest instances seldom needs more than ten times as many.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html",
  checks: [
    {
      type: "aws:autoscaling/group:Group",
      check: ({ props }, { limits, violate }) => {
        const minSize = numberOf(props["minSize"]);
        const maxSize = numberOf(props["maxSize"]);
        if (minSize === undefined || maxSize === undefined) {
          return;
        }
        const most = limits.maxRatio * Math.max(minSize, 1);
        if (maxSize > most) {
          violate({
            got: `minSize is ${String(minSize)} and maxSize ${String(maxSize)}`,
            allowed: `a maxSize of at most ${String(most)}, ${String(limits.maxRatio)} times minSize`,
            fix: "raise minInstances or lower maxInstances",
          });
        }
      },
    },
  ],
});
