import { type Judge, type JudgedResource, resourcePolicy } from "../../policy";
import type { Bounds } from "../../policy-limits";
import { repairProperty } from "../../repair-property";
import { numberOf } from "../../values";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

export const logRetentionBounds = resourcePolicy({
  name: "log-retention-bounds",
  description: "Log groups keep events long enough to look into, and not for ever.",
  severity: "medium",
  levels: { dev: "remediate", prod: "mandatory" },
  frameworks: ["Security Hub CloudWatch.16", "Checkov CKV_AWS_66"],
  remediationSteps:
    "Set logRetentionDays in Pulumi.<stack>.yaml within the bounds, and retentionInDays of a log group of your own. Where rules ask for more, as Security Hub does for a year by default, raise the bounds in policies/limits.ts in a change of its own.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html#SettingLogRetention",
  checks: [{ type: LOG_GROUP, check: checkRetention }],
  remediation: {
    type: LOG_GROUP,
    repair: (props, { retentionDays }) => {
      const days = longestOf(retentionDays);
      return days !== undefined && repairProperty(props, "retentionInDays", isGiven, days);
    },
  },
});

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function checkRetention(
  { props }: JudgedResource,
  { limits, violate }: Judge<"log-retention-bounds">,
): void {
  const { min, max } = limits.retentionDays;
  const given = props["retentionInDays"];
  const days = isGiven(given) ? numberOf(given) : FOR_EVER;
  const isInside = days !== undefined && days !== FOR_EVER && days >= min && days <= max;
  // AWS keeps the events of a delivery group for two days, whatever the group says.
  if (isInside || props["logGroupClass"] === "DELIVERY") {
    return;
  }
  violate({
    got: `retentionInDays is ${days === undefined ? "not a whole number" : days === FOR_EVER ? "0, for ever" : String(days)}`,
    allowed: `${String(min)} to ${String(max)}`,
    fix: "set logRetentionDays",
  });
}

/** How the provider spells a log group that keeps everything, also by default. */
const FOR_EVER = 0;

/** The longest retention inside the bounds, so that a repair deletes as little as may be. */
function longestOf({ min, max }: Bounds): number | undefined {
  return RETENTION_DAYS.filter((days) => days >= min && days <= max).at(-1);
}

/** What CloudWatch Logs takes. Source: PutRetentionPolicy in its API reference. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];
