import { limitsOf } from "../../limits";
import { type ResourceCheck, resourcePolicy } from "../../policy";
import type { Bounds } from "../../policy-limits";
import { numberOf, objectOf, textOf } from "../../values";

const SCHEDULE = "aws:autoscaling/schedule:Schedule";
const ACTION = "aws:appautoscaling/scheduledAction:ScheduledAction";

/** What EC2 Auto Scaling takes for a size that the action leaves as it is. */
const UNCHANGED = -1;

type Check = ResourceCheck<"scheduled-actions-within-limits">;

export const scheduledActionsWithinLimits = resourcePolicy({
  name: "scheduled-actions-within-limits",
  description:
    "A scheduled action keeps the bounds of a group or service inside the environment's limits, in a time zone that it names.",
  severity: "high",
  levels: { dev: "mandatory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Set minTasks, maxTasks and timezone of each entry of scheduledScaling in Pulumi.<stack>.yaml; the limits are those of service-capacity-within-limits and, for a group, of asg-size-within-limits. A schedule of a group sets minSize, maxSize and desiredCapacity, -1 for unchanged: AWS's provider takes 0 for one that is left out.",
  url: "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html",
  checks: [
    ...["minSize", "maxSize", "desiredCapacity"].map((property): Check => ({
      type: SCHEDULE,
      check: ({ props }, { environment, violate }) => {
        const value = props[property];
        const size = numberOf(value);
        const allowed = groupLimits(environment);
        if (size !== UNCHANGED && !within(size, allowed)) {
          violate({
            got: `${property} is ${shown(value)}`,
            allowed: `${range(allowed)}, or -1 for unchanged`,
            fix: `set ${property}: left out it is 0`,
          });
        }
      },
    })),
    {
      type: SCHEDULE,
      check: ({ props }, { violate }) => {
        const sizes = ["minSize", "desiredCapacity", "maxSize"]
          .map((property) => ({ property, size: numberOf(props[property]) }))
          .filter(({ size }) => size !== undefined && size !== UNCHANGED);
        const disordered = sizes.some(
          ({ size }, index) => index > 0 && (sizes[index - 1]?.size ?? 0) > (size ?? 0),
        );
        if (disordered) {
          violate({
            got: sizes.map(({ property, size }) => `${property} is ${String(size)}`).join(" and "),
            allowed: "a minSize of at most desiredCapacity, and that of at most maxSize",
            fix: "set the sizes in this order",
          });
        }
      },
    },
    {
      type: SCHEDULE,
      check: ({ props }, { violate }) => {
        if (isSet(props["recurrence"]) && !isSet(props["timeZone"])) {
          violate(noTimeZone("timeZone"));
        }
      },
    },
    ...["minCapacity", "maxCapacity"].map((property): Check => ({
      type: ACTION,
      check: ({ props }, { environment, violate }) => {
        if (props["serviceNamespace"] !== "ecs") {
          return;
        }
        const value = objectOf(props["scalableTargetAction"])[property];
        const allowed = serviceLimits(environment);
        // One that is left out stays as it is.
        if (value !== undefined && value !== null && !within(numberOf(value), allowed)) {
          violate({
            got: `scalableTargetAction.${property} is ${shown(value)}`,
            allowed: range(allowed),
            fix: "change minTasks or maxTasks in scheduledScaling",
          });
        }
      },
    })),
    {
      type: ACTION,
      check: ({ props }, { violate }) => {
        if (props["serviceNamespace"] !== "ecs") {
          return;
        }
        const action = objectOf(props["scalableTargetAction"]);
        const minimum = numberOf(action["minCapacity"]);
        const maximum = numberOf(action["maxCapacity"]);
        if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
          violate({
            got: `scalableTargetAction.minCapacity is ${String(minimum)} and maxCapacity ${String(maximum)}`,
            allowed: "a minCapacity of at most maxCapacity",
            fix: "lower minTasks or raise maxTasks in scheduledScaling",
          });
        }
      },
    },
    {
      type: ACTION,
      check: ({ props }, { violate }) => {
        if (
          props["serviceNamespace"] === "ecs" &&
          !isSet(props["timezone"]) &&
          !(textOf(props["schedule"]) ?? "").startsWith("rate(")
        ) {
          violate(noTimeZone("timezone"));
        }
      },
    },
  ],
});

function groupLimits(environment: string): Bounds {
  const { minFloor, maxCeiling } = limitsOf(environment)["asg-size-within-limits"];
  return { min: minFloor, max: maxCeiling };
}

function serviceLimits(environment: string): Bounds {
  const { minFloor, maxCeiling } = limitsOf(environment)["service-capacity-within-limits"];
  return { min: minFloor, max: maxCeiling };
}

const within = (size: number | undefined, { min, max }: Bounds): boolean =>
  size !== undefined && size >= min && size <= max;

const range = ({ min, max }: Bounds): string => `${String(min)} to ${String(max)}`;

const isSet = (value: unknown): boolean => (textOf(value) ?? "") !== "";

const shown = (value: unknown): string =>
  value === undefined || value === null
    ? "missing"
    : String(numberOf(value) ?? "not a whole number");

const noTimeZone = (property: string) => ({
  got: `${property} is missing`,
  allowed: "the IANA name of a time zone",
  fix: `set ${property}: without it the clock is UTC, and the action an hour off for half the year`,
});
