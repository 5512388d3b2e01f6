import { eachKnown } from "../../known";
import { type Judge, type JudgedResource, resourcePolicy } from "../../policy";
import type { PolicyLimits } from "../../policy-limits";
import { listOf, objectOf, textOf } from "../../values";

type Limits = PolicyLimits["instance-type-allow-list"];
type AllowListJudge = Judge<"instance-type-allow-list">;
type Props = JudgedResource["props"];

/** Resources with an instanceType of their own. */
const TYPED = [
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
  "aws:ec2/instance:Instance",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
];

/**
 * Families and sizes are compared, not texts, so that a size is allowed by being no larger than another.
 * Selection by attributes has to name whole types: a pattern or an absent list admits types of any price.
 */
export const instanceTypeAllowList = resourcePolicy({
  name: "instance-type-allow-list",
  description: "Instances are of the environment's families and no larger than its largest size.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: ["Control Tower CT.AUTOSCALING.PR.10", "Control Tower CT.AUTOSCALING.PR.11"],
  remediationSteps:
    "Choose instanceTypes in Pulumi.<stack>.yaml from the allowed families and sizes. Where the environment needs another one, add the family or, for a single type, `extra` in policies/limits.ts in a change of its own.",
  url: "https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html",
  checks: [
    ...TYPED.map((type) => ({
      type,
      check: ({ props }: JudgedResource, judge: AllowListJudge) => {
        const instanceType = props["instanceType"];
        if (instanceType !== undefined && instanceType !== null) {
          requireAllowed("instanceType", instanceType, judge);
        }
      },
    })),
    {
      type: "aws:ec2/launchTemplate:LaunchTemplate",
      check: ({ props }, judge) => {
        requireNamedTypes("instanceRequirements", props["instanceRequirements"], judge);
      },
    },
    {
      type: "aws:autoscaling/group:Group",
      check: ({ props }, judge) => {
        eachKnown(overridesOf(props), (override, index) => {
          const instanceType = objectOf(override)["instanceType"];
          if (instanceType !== undefined && instanceType !== null) {
            requireAllowed(`overrides[${String(index)}].instanceType`, instanceType, judge);
          }
        });
      },
    },
    {
      type: "aws:autoscaling/group:Group",
      check: ({ props }, judge) => {
        eachKnown(overridesOf(props), (override, index) => {
          requireNamedTypes(
            `overrides[${String(index)}].instanceRequirements`,
            objectOf(override)["instanceRequirements"],
            judge,
          );
        });
      },
    },
    {
      type: "aws:ecs/capacityProvider:CapacityProvider",
      check: ({ props }, judge) => {
        const managed = props["managedInstancesProvider"];
        if (managed !== undefined && managed !== null) {
          const template = objectOf(objectOf(managed)["instanceLaunchTemplate"]);
          // Without requirements ECS chooses any type itself.
          requireNamedTypes(
            "instanceLaunchTemplate.instanceRequirements",
            template["instanceRequirements"] ?? {},
            judge,
          );
        }
      },
    },
  ],
});

const overridesOf = (props: Props): readonly unknown[] =>
  listOf(objectOf(objectOf(props["mixedInstancesPolicy"])["launchTemplate"])["overrides"]);

function requireAllowed(
  property: string,
  value: unknown,
  { limits, violate }: AllowListJudge,
): void {
  const instanceType = textOf(value) ?? "";
  if (!isAllowed(instanceType, limits)) {
    violate({
      got: `${property} is ${/^[a-z0-9-]+\.[a-z0-9-]+$/.test(instanceType) ? instanceType : "not the name of an instance type"}`,
      allowed: allowedText(limits),
      fix: "change instanceTypes",
    });
  }
}

function requireNamedTypes(property: string, requirements: unknown, judge: AllowListJudge): void {
  if (requirements === undefined || requirements === null) {
    return;
  }
  const named = listOf(objectOf(requirements)["allowedInstanceTypes"]);
  if (named.length === 0) {
    judge.violate({
      got: `${property}.allowedInstanceTypes is missing`,
      allowed: allowedText(judge.limits),
      fix: "name the types: attributes alone admit any family and price",
    });
  }
  eachKnown(named, (instanceType, index) => {
    requireAllowed(`${property}.allowedInstanceTypes[${String(index)}]`, instanceType, judge);
  });
}

const allowedText = ({ families, maxSize, extra }: Limits): string =>
  [`${families.join(", ")} up to ${maxSize}`, ...extra].join(", or ");

function isAllowed(instanceType: string, { families, maxSize, extra }: Limits): boolean {
  const [family, size] = instanceType.split(".", 2);
  return (
    extra.includes(instanceType) ||
    (family !== undefined && families.includes(family) && sizeRank(size ?? "") <= sizeRank(maxSize))
  );
}

const SMALL_SIZES = ["nano", "micro", "small", "medium", "large", "xlarge"];

/** Place of a size among all; one that is not known, metal included, is larger than any. */
function sizeRank(size: string): number {
  const multiple = /^(\d+)xlarge$/.exec(size)?.[1];
  if (multiple !== undefined) {
    return SMALL_SIZES.length - 2 + Number(multiple);
  }
  const small = SMALL_SIZES.indexOf(size);
  return small === -1 ? Number.POSITIVE_INFINITY : small;
}
