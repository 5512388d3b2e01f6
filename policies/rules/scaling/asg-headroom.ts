import { instancesThatLeave } from "../../../capacity/instance-bounds";
import { resourcePolicy } from "../../policy";
import { listOf, numberOf } from "../../values";

/**
 * Where a zone is lost, its share of the instances has to start in the zones that are left, on top of
 * what may still be terminating: a group of n instances over z zones needs room for n * z / (z - 1).
 * Twice the minimum is enough for any number of zones, so that the zones are read only below that.
 */
export const asgHeadroom = resourcePolicy({
  name: "asg-headroom",
  description:
    "An Auto Scaling group has room to replace the instances of a lost availability zone.",
  severity: "high",
  levels: { dev: "disabled", prod: "advisory" },
  frameworks: [],
  remediationSteps:
    "Set surviveZoneLoss to true in Pulumi.<stack>.yaml and leave maxInstances at 0, so that it follows from the tasks, or raise it. A group outside this project needs a maxSize of its minSize times zones divided by zones minus one.",
  url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_static_stability.html",
  checks: [
    {
      type: "aws:autoscaling/group:Group",
      check: ({ props }, { limits, violate }) => {
        const minSize = numberOf(props["minSize"]);
        const maxSize = numberOf(props["maxSize"]);
        if (
          limits.surviveZoneLoss &&
          minSize !== undefined &&
          maxSize !== undefined &&
          maxSize <= minSize
        ) {
          violate({
            got: `minSize is ${String(minSize)} and maxSize ${String(maxSize)}`,
            allowed: "a maxSize above minSize",
            fix: "raise maxInstances or maxTasks",
          });
        }
      },
    },
    {
      type: "aws:autoscaling/group:Group",
      check: ({ props }, { limits, violate }) => {
        const minSize = numberOf(props["minSize"]);
        const maxSize = numberOf(props["maxSize"]);
        if (
          !limits.surviveZoneLoss ||
          minSize === undefined ||
          maxSize === undefined ||
          maxSize <= minSize ||
          maxSize >= 2 * minSize
        ) {
          return;
        }
        const zones = zonesOf(props);
        const needed = zones > 1 ? instancesThatLeave(minSize, zones) : 0;
        if (maxSize < needed) {
          violate({
            got: `minSize is ${String(minSize)} and maxSize ${String(maxSize)} over ${String(zones)} zones`,
            allowed: `a maxSize of at least ${String(needed)}, so that one zone can be lost`,
            fix: "raise maxInstances or maxTasks",
          });
        }
      },
    },
  ],
});

/** Zones of a group, of which each has a subnet; multi-az judges a group in one. */
function zonesOf(props: Readonly<Record<string, unknown>>): number {
  const subnets = listOf(props["vpcZoneIdentifiers"]);
  return new Set(subnets.length > 0 ? subnets : listOf(props["availabilityZones"])).size;
}
