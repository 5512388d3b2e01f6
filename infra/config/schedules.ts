import { nearest } from "../lib/nearest";
import type { ScheduledBounds } from "../plan/stack-plan";
import { type Check, fail, integer, pass, show, text } from "./checks";
import { scheduleFault } from "./schedule-expression";
import { listOf, structOf } from "./structures";

const name = text(
  /^[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?$/,
  "must be 1 to 32 lower-case letters, digits and hyphens",
  "name what the schedule is for, such as evening",
);

const schedule: Check<string> = (expression) => {
  const fault = scheduleFault(expression);
  return fault === undefined
    ? pass(expression)
    : fail(
        show(expression),
        `must be a schedule of Application Auto Scaling: ${fault}`,
        "write one such as cron(0 20 ? * MON-FRI *)",
      );
};

const timezone: Check<string> = (zone) => {
  if (isTimezone(zone)) {
    return pass(zone);
  }
  const meant = nearest(zone, ["UTC", ...Intl.supportedValuesOf("timeZone")]);
  return fail(
    show(zone),
    "must be an IANA time zone",
    meant === undefined ? "write one such as Europe/Berlin or UTC" : `did you mean ${meant}`,
  );
};

/** Scheduled bounds of the service; every entry has every key and no other. */
export const scheduledScaling = listOf<ScheduledBounds>(
  "a list of scheduled bounds",
  structOf({
    name,
    schedule,
    timezone,
    minTasks: integer(0, 1000),
    maxTasks: integer(0, 1000),
  }),
);

/** Time zones of Application Auto Scaling are names, spelt exactly; Intl also takes offsets and any case. */
function isTimezone(zone: string): boolean {
  if (!/^[A-Z][\w+-]*(?:\/[A-Z][\w+-]*)*$/.test(zone)) {
    return false;
  }
  try {
    const canonical = new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
    return canonical === zone || canonical.toLowerCase() !== zone.toLowerCase();
  } catch {
    return false;
  }
}
