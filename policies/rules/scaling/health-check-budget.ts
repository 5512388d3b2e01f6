import { TARGET_GROUP_TYPES } from "../../load-balancer-types";
import { type Judge, type JudgedResource, type ResourceCheck, resourcePolicy } from "../../policy";
import { booleanOf, listOf, numberOf, objectOf } from "../../values";

type Props = JudgedResource["props"];

/** Source: the provider's documentation of a target group's health check. */
const DEFAULT_INTERVAL_SECONDS = 30;
const DEFAULT_UNHEALTHY_THRESHOLD = 3;

export const healthCheckBudget = resourcePolicy({
  name: "health-check-budget",
  description: "A failing target is found out and taken out of service in the time allowed.",
  severity: "medium",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [
    "Security Hub AutoScaling.1",
    "Control Tower CT.AUTOSCALING.PR.4",
    "Checkov CKV_AWS_261",
    "Checkov CKV2_AWS_15",
    "cdk-nag AwsSolutions-AS2",
  ],
  remediationSteps:
    "This project checks every 5 s and takes a target out after three failures. A target group outside it lowers healthCheck.interval or unhealthyThreshold, and keeps the timeout below the interval. A group that registers its instances with a load balancer sets healthCheckType to ELB.",
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
  checks: [
    ...onTargetGroups((healthCheck, { violate }) => {
      if (booleanOf(healthCheck["enabled"] ?? true) !== true) {
        violate({
          got: "healthCheck.enabled is not true",
          allowed: "true",
          fix: "leave healthCheck.enabled out",
        });
      }
    }),
    ...onTargetGroups((healthCheck, { limits, violate }) => {
      const interval = numberOf(healthCheck["interval"] ?? DEFAULT_INTERVAL_SECONDS);
      const threshold = numberOf(healthCheck["unhealthyThreshold"] ?? DEFAULT_UNHEALTHY_THRESHOLD);
      if (interval === undefined || threshold === undefined) {
        violate({
          got: `healthCheck.${interval === undefined ? "interval" : "unhealthyThreshold"} is not a whole number`,
          allowed: `a failure found in at most ${String(limits.maxDetectionSeconds)} s`,
          fix: "set it to a number",
        });
      } else if (interval * threshold > limits.maxDetectionSeconds) {
        violate({
          got: `healthCheck finds a failure in ${String(interval * threshold)} s, an interval of ${String(interval)} s times unhealthyThreshold ${String(threshold)}`,
          allowed: `at most ${String(limits.maxDetectionSeconds)} s`,
          fix: "lower healthCheck.interval or healthCheck.unhealthyThreshold",
        });
      }
    }),
    ...onTargetGroups((healthCheck, { violate }) => {
      // AWS fits the timeout to the protocol where it is left out.
      const timeout = numberOf(healthCheck["timeout"]);
      const interval = numberOf(healthCheck["interval"] ?? DEFAULT_INTERVAL_SECONDS);
      if (timeout !== undefined && interval !== undefined && timeout >= interval) {
        violate({
          got: `healthCheck.timeout is ${String(timeout)} s and interval ${String(interval)} s`,
          allowed: "a timeout below the interval",
          fix: "lower healthCheck.timeout",
        });
      }
    }),
    {
      type: "aws:autoscaling/group:Group",
      check: ({ props }, { violate }) => {
        const behindLoadBalancer = ["targetGroupArns", "loadBalancers", "trafficSources"].some(
          (property) => listOf(props[property]).length > 0,
        );
        if (behindLoadBalancer && props["healthCheckType"] !== "ELB") {
          violate({
            got: "healthCheckType is not ELB behind a load balancer",
            allowed: "ELB",
            fix: "set healthCheckType to ELB, or let ECS register its tasks in place of the group",
          });
        }
      },
    },
  ],
});

/** A check of the health check of target groups; a function's are made by Lambda. */
function onTargetGroups(
  check: (healthCheck: Props, judge: Judge<"health-check-budget">) => void,
): readonly ResourceCheck<"health-check-budget">[] {
  return TARGET_GROUP_TYPES.map((type) => ({
    type,
    check: ({ props }, judge) => {
      if (props["targetType"] !== "lambda") {
        check(objectOf(props["healthCheck"]), judge);
      }
    },
  }));
}
