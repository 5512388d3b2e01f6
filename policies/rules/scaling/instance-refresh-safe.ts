import { requireBounds } from "../../bounds";
import { type JudgedResource, resourcePolicy } from "../../policy";
import { numberOf, objectOf } from "../../values";

const GROUP = "aws:autoscaling/group:Group";

type Props = JudgedResource["props"];

const SECONDS_A_DAY = 86_400;

/** What an instance refresh keeps in service where it does not say, in percent. */
const DEFAULT_MINIMUM_HEALTHY_PERCENT = 90;

/**
 * Whether a refresh rolls back by itself is not judged: EC2 Auto Scaling refuses that for an image
 * that a parameter names, which is in another resource and a sound choice.
 */
export const instanceRefreshSafe = resourcePolicy({
  name: "instance-refresh-safe",
  description:
    "A change of the launch template reaches the instances without taking too many away, and no instance gets too old.",
  severity: "medium",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Give the group an instanceRefresh with a minHealthyPercentage, or a launch template of a fixed version, and a maxInstanceLifetime within the limits where age replaces instances. Groups of this project have no lifetime: instances with tasks are protected from it, and a refresh replaces them.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-instance-refresh.html",
  checks: [
    {
      type: GROUP,
      check: ({ props }, { limits, violate }) => {
        if (hasRefresh(props)) {
          const preferences = objectOf(objectOf(props["instanceRefresh"])["preferences"]);
          requireBounds(violate, {
            property: "instanceRefresh.preferences.minHealthyPercentage",
            value: preferences["minHealthyPercentage"],
            allowed: { min: limits.minHealthyPercentMin, max: 100 },
            byDefault: DEFAULT_MINIMUM_HEALTHY_PERCENT,
            unit: "%",
            fix: "raise minHealthyPercentage",
          });
        }
      },
    },
    {
      type: GROUP,
      check: ({ props }, { violate }) => {
        if (!hasRefresh(props) && followsTemplate(props)) {
          violate({
            got: "instanceRefresh is missing, and the launch template's version is not fixed",
            allowed: "an instanceRefresh, or a fixed version",
            fix: "configure instanceRefresh: without it running instances keep the old template",
          });
        }
      },
    },
    {
      type: GROUP,
      check: ({ props }, { limits, violate }) => {
        const { min, max, required } = limits.lifetimeDays;
        const lifetime = numberOf(props["maxInstanceLifetime"] ?? 0);
        const inside =
          lifetime === 0
            ? !required
            : lifetime !== undefined &&
              lifetime >= min * SECONDS_A_DAY &&
              lifetime <= max * SECONDS_A_DAY;
        if (!inside) {
          violate({
            got: `maxInstanceLifetime is ${lifetime === undefined ? "not a whole number" : `${String(lifetime)} s`}`,
            allowed: `${String(min * SECONDS_A_DAY)} to ${String(max * SECONDS_A_DAY)} s, ${String(min)} to ${String(max)} days`,
            fix: "set maxInstanceLifetime",
          });
        }
      },
    },
    {
      type: GROUP,
      check: ({ props }, { violate }) => {
        const prepared = numberOf(objectOf(props["warmPool"])["maxGroupPreparedCapacity"]);
        const maxSize = numberOf(props["maxSize"]);
        if (prepared !== undefined && maxSize !== undefined && prepared > maxSize) {
          violate({
            got: `warmPool.maxGroupPreparedCapacity is ${String(prepared)} and maxSize ${String(maxSize)}`,
            allowed: "a maxGroupPreparedCapacity of at most maxSize",
            fix: "lower maxGroupPreparedCapacity or leave it out",
          });
        }
      },
    },
  ],
});

const hasRefresh = (props: Props): boolean =>
  props["instanceRefresh"] !== undefined && props["instanceRefresh"] !== null;

/** True where the version is a name for whatever is newest; absent is the template's default version. */
function followsTemplate(props: Props): boolean {
  const mixed = objectOf(objectOf(props["mixedInstancesPolicy"])["launchTemplate"]);
  const specification = objectOf(mixed["launchTemplateSpecification"] ?? props["launchTemplate"]);
  const version = specification["version"] ?? "$Default";
  return version === "$Latest" || version === "$Default";
}
