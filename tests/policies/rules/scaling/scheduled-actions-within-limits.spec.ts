import { scheduledActionsWithinLimits as policy } from "../../../../policies/rules/scaling/scheduled-actions-within-limits";
import { UNKNOWN } from "../../../../tools/preview/graph";
import { casesOf } from "../../../support/policy-cases";

const levels = { dev: "mandatory", prod: "mandatory" } as const;
const size = (property: string, got: string, allowed = "2 to 20") =>
  [
    `${property} is ${got}`,
    `${allowed}, or -1 for unchanged`,
    `set ${property}: left out it is 0`,
  ] as const;
const capacity = (property: string, got: string, allowed = "2 to 50") =>
  [
    `scalableTargetAction.${property} is ${got}`,
    allowed,
    "change minTasks or maxTasks in scheduledScaling",
  ] as const;
const zone = (property: string) =>
  [
    `${property} is missing`,
    "the IANA name of a time zone",
    `set ${property}: without it the clock is UTC, and the action an hour off for half the year`,
  ] as const;
const ORDER = [
  "a minSize of at most desiredCapacity, and that of at most maxSize",
  "set the sizes in this order",
] as const;

describe("scheduled-actions-within-limits", () => {
  describe("of a group", () => {
    const { accepts, refuses, undecided, ignoresOtherTypes } = casesOf({
      policy,
      type: "aws:autoscaling/schedule:Schedule",
      props: {
        minSize: 3,
        desiredCapacity: 3,
        maxSize: 12,
        recurrence: "0 8 * * MON-FRI",
        timeZone: "Europe/Berlin",
      },
      levels,
    });

    accepts("sizes inside the limits");
    accepts("the limits of the group, as texts", {
      minSize: "2",
      desiredCapacity: "20",
      maxSize: "20",
    });
    accepts("unchanged sizes", { minSize: -1, desiredCapacity: "-1", maxSize: -1 });
    accepts("an unchanged desired capacity between", {
      minSize: 3,
      desiredCapacity: -1,
      maxSize: 3,
    });
    accepts("an action at one time in UTC", { recurrence: undefined, timeZone: undefined });
    accepts("dev's limits in dev", { minSize: 0, desiredCapacity: 0, maxSize: 4 }, "dev");
    refuses("one instance too few", { minSize: 1 }, size("minSize", "1"));
    refuses("one instance too many", { maxSize: 21 }, size("maxSize", "21"));
    refuses("minus two", { minSize: -2 }, size("minSize", "-2"));
    refuses(
      "a size that is no number",
      { desiredCapacity: [] },
      size("desiredCapacity", "not a whole number"),
    );
    for (const property of ["minSize", "desiredCapacity", "maxSize"]) {
      refuses(`an absent ${property}`, { [property]: undefined }, size(property, "missing"));
    }
    refuses("a minimum above the maximum", { minSize: 13, desiredCapacity: -1 }, [
      "minSize is 13 and maxSize is 12",
      ...ORDER,
    ]);
    refuses("a desired capacity below the minimum", { desiredCapacity: 2 }, [
      "minSize is 3 and desiredCapacity is 2 and maxSize is 12",
      ...ORDER,
    ]);
    refuses("a desired capacity above the maximum", { minSize: -1, desiredCapacity: 13 }, [
      "desiredCapacity is 13 and maxSize is 12",
      ...ORDER,
    ]);
    refuses("a recurring action without a time zone", { timeZone: undefined }, zone("timeZone"));
    refuses("an empty time zone", { timeZone: "" }, zone("timeZone"));
    refuses(
      "one instance too many in dev",
      { minSize: 1, desiredCapacity: 1, maxSize: 5 },
      size("maxSize", "5", "0 to 4"),
      "dev",
    );
    undecided("an unknown minimum, and decides the maximum", { minSize: UNKNOWN, maxSize: 21 }, [
      size("maxSize", "21"),
    ]);
    undecided("an unknown time zone", { timeZone: UNKNOWN });
    ignoresOtherTypes();
  });

  describe("of a service", () => {
    const { accepts, refuses, undecided } = casesOf({
      policy,
      type: "aws:appautoscaling/scheduledAction:ScheduledAction",
      props: {
        serviceNamespace: "ecs",
        schedule: "cron(0 8 ? * MON-FRI *)",
        timezone: "Europe/Berlin",
        scalableTargetAction: { minCapacity: 3, maxCapacity: 20 },
      },
      levels,
    });
    const action = (minCapacity: unknown, maxCapacity: unknown) => ({
      scalableTargetAction: { minCapacity, maxCapacity },
    });

    accepts("bounds inside the limits");
    accepts("the limits of the service, as texts", action("2", "50"));
    accepts("equal bounds", action(3, 3));
    accepts("an unchanged bound", { scalableTargetAction: { maxCapacity: 20 } });
    accepts("a bound that is null", action(3, null));
    accepts("a rate without a time zone", { schedule: "rate(1 day)", timezone: undefined });
    accepts("what is no service", {
      serviceNamespace: "dynamodb",
      timezone: undefined,
      ...action(0, 900),
    });
    accepts("dev's limits in dev", action(1, 4), "dev");
    refuses("one task too few", action(1, 20), capacity("minCapacity", "1"));
    refuses("one task too many", action(3, 51), capacity("maxCapacity", "51"));
    refuses(
      "a bound that is no number",
      action("few", 20),
      capacity("minCapacity", "not a whole number"),
    );
    refuses("bounds the wrong way round", action(21, 20), [
      "scalableTargetAction.minCapacity is 21 and maxCapacity 20",
      "a minCapacity of at most maxCapacity",
      "lower minTasks or raise maxTasks in scheduledScaling",
    ]);
    refuses("a cron expression without a time zone", { timezone: undefined }, zone("timezone"));
    refuses(
      "one time without a time zone",
      { schedule: "at(2027-01-01T08:00:00)", timezone: null },
      zone("timezone"),
    );
    refuses("no tasks in dev", action(0, 4), capacity("minCapacity", "0", "1 to 4"), "dev");
    undecided("an unknown bound, and decides the other", action(UNKNOWN, 51), [
      capacity("maxCapacity", "51"),
    ]);
    undecided("an unknown namespace", { serviceNamespace: UNKNOWN });
    undecided("an unknown schedule without a time zone", {
      schedule: UNKNOWN,
      timezone: undefined,
    });
  });
});
