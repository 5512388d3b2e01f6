import { type Judge, type JudgedResource, resourcePolicy } from "../../policy";
import { booleanOf, listOf, numberOf, objectOf } from "../../values";

const GROUP = "aws:autoscaling/group:Group";

type Props = JudgedResource["props"];

/** Strategies that keep away from Spot pools which are about to be reclaimed. */
const SPOT_STRATEGIES = [
  "price-capacity-optimized",
  "capacity-optimized",
  "capacity-optimized-prioritized",
];

export const mixedInstances = resourcePolicy({
  name: "mixed-instances",
  description:
    "A group draws on several instance types, keeps an On-Demand base, and takes Spot instances where they are least likely to be reclaimed.",
  severity: "medium",
  levels: { dev: "disabled", prod: "advisory" },
  frameworks: [
    "Security Hub AutoScaling.6",
    "Control Tower CT.AUTOSCALING.PR.6",
    "Prowler autoscaling_group_multiple_instance_types",
    "Prowler autoscaling_group_capacity_rebalance_enabled",
  ],
  remediationSteps:
    "List several instanceTypes in Pulumi.<stack>.yaml and set onDemandBase and onDemandPercentageAboveBase. A group outside this project uses a mixedInstancesPolicy with the spotAllocationStrategy price-capacity-optimized, no spotMaxPrice, and capacityRebalance.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups.html",
  checks: [
    {
      type: GROUP,
      check: ({ props }, { limits, violate }) => {
        const types = typesOf(props);
        if (types < limits.minTypes) {
          violate({
            got: `mixedInstancesPolicy has ${String(types)} instance ${types === 1 ? "type" : "types"}`,
            allowed: `at least ${String(limits.minTypes)}`,
            fix: "add to instanceTypes",
          });
        }
      },
    },
    {
      type: GROUP,
      check: ({ props }, { limits, violate }) => {
        if (!usesSpot(props)) {
          return;
        }
        const base = distributionOf(props)["onDemandBaseCapacity"] ?? 0;
        requireAtLeast(
          "onDemandBaseCapacity",
          base,
          limits.onDemandBaseMin,
          "onDemandBase",
          violate,
        );
      },
    },
    {
      type: GROUP,
      check: ({ props }, { limits, violate }) => {
        if (!usesSpot(props)) {
          return;
        }
        requireAtLeast(
          "onDemandPercentageAboveBaseCapacity",
          distributionOf(props)["onDemandPercentageAboveBaseCapacity"],
          limits.onDemandPercentMin,
          "onDemandPercentageAboveBase",
          violate,
        );
      },
    },
    {
      type: GROUP,
      check: ({ props }, { violate }) => {
        if (!usesSpot(props)) {
          return;
        }
        // Absent is lowest-price, the strategy with the most interruptions.
        const strategy = distributionOf(props)["spotAllocationStrategy"] ?? "lowest-price";
        if (!SPOT_STRATEGIES.includes(strategy as string)) {
          violate({
            got: `spotAllocationStrategy is ${strategy === "lowest-price" ? strategy : "another one"}`,
            allowed: SPOT_STRATEGIES.join(", "),
            fix: "set price-capacity-optimized",
          });
        }
      },
    },
    {
      type: GROUP,
      check: ({ props }, { violate }) => {
        if (usesSpot(props) && (distributionOf(props)["spotMaxPrice"] ?? "") !== "") {
          violate({
            got: "spotMaxPrice is set",
            allowed: "none: Spot instances never cost more than On-Demand",
            fix: "leave spotMaxPrice out, so that instances are not reclaimed for their price",
          });
        }
      },
    },
    {
      type: GROUP,
      check: ({ props }, { violate }) => {
        if (usesSpot(props) && booleanOf(props["capacityRebalance"]) !== true) {
          violate({
            got: "capacityRebalance is not true",
            allowed: "true where a group has Spot instances",
            fix: "set capacityRebalance, so that a replacement starts before an instance is reclaimed",
          });
        }
      },
    },
  ],
});

/** Different instance types; a group without a mixed policy has its template's, attributes alone match many. */
function typesOf(props: Props): number {
  const template = objectOf(objectOf(props["mixedInstancesPolicy"])["launchTemplate"]);
  const types = listOf(template["overrides"]).flatMap((override) => {
    const requirements = objectOf(override)["instanceRequirements"];
    const named = listOf(objectOf(requirements)["allowedInstanceTypes"]);
    return requirements === undefined || requirements === null
      ? [objectOf(override)["instanceType"]]
      : named.length > 0
        ? [...named]
        : ["by attributes", "and many more"];
  });
  return Math.max(new Set(types.filter((type) => typeof type === "string")).size, 1);
}

const distributionOf = (props: Props): Props =>
  objectOf(objectOf(props["mixedInstancesPolicy"])["instancesDistribution"]);

/** An absent share of On-Demand instances is all of them. */
const usesSpot = (props: Props): boolean =>
  numberOf(distributionOf(props)["onDemandPercentageAboveBaseCapacity"] ?? 100) !== 100;

function requireAtLeast(
  property: string,
  value: unknown,
  minimum: number,
  key: string,
  violate: Judge["violate"],
): void {
  const number = numberOf(value);
  if (number === undefined || number < minimum) {
    violate({
      got: `${property} is ${String(number ?? "not a whole number")}`,
      allowed: `at least ${String(minimum)} where a group has Spot instances`,
      fix: `raise ${key}`,
    });
  }
}
