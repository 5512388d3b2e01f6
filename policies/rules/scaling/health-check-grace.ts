import { TARGET_GROUP_TYPES } from "../../load-balancer-types";
import { type StackResource, stackPolicy } from "../../policy";
import { booleanOf, numberOf, objectOf } from "../../values";
import { targetGroupsOf, TYPES } from "../../wiring";

/** What the provider asks for where the program does not say. */
const DEFAULTS = { interval: 30, healthyThreshold: 3 } as const;

/** Without a grace period ECS replaces a task at the first failed check, and starts it anew for ever. */
export const healthCheckGrace = stackPolicy({
  name: "health-check-grace",
  description:
    "A service gives new tasks as long as its load balancer takes to find one of them healthy.",
  severity: "medium",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Raise healthCheckGraceSeconds to at least interval x healthyThreshold of the target group's health check, or shorten the interval. Leave room besides for the start of the container.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-healthcheck.html",
  reads: [TYPES.service, ...TARGET_GROUP_TYPES],
  check: (stack, { violate }) => {
    stack.each(stack.ofType(TYPES.service), (service) => {
      stack.each(targetGroupsOf(stack, service), (targetGroup) => {
        const grace = numberOf(service.props["healthCheckGracePeriodSeconds"] ?? 0);
        const check = firstHealthy(targetGroup);
        if (check !== undefined && (grace === undefined || grace < check.seconds)) {
          violate(
            {
              got: `healthCheckGracePeriodSeconds is ${String(grace ?? "not a number")}`,
              allowed: `at least ${String(check.seconds)}, ${String(check.healthyThreshold)} checks every ${String(check.interval)} s`,
              fix: "raise healthCheckGraceSeconds or shorten the health check's interval",
            },
            service.urn,
          );
        }
      });
    });
  },
});

/** When a load balancer finds a new target healthy at the earliest; undefined where it does not look. */
function firstHealthy({ props }: StackResource) {
  const check = objectOf(props["healthCheck"]);
  if (booleanOf(check["enabled"]) === false) {
    return undefined;
  }
  const interval = numberOf(check["interval"] ?? DEFAULTS.interval) ?? DEFAULTS.interval;
  const healthyThreshold =
    numberOf(check["healthyThreshold"] ?? DEFAULTS.healthyThreshold) ?? DEFAULTS.healthyThreshold;
  return { interval, healthyThreshold, seconds: interval * healthyThreshold };
}
