import { mayRunSpot } from "../../group-instances";
import { TARGET_GROUP_TYPES } from "../../load-balancer-types";
import { stackPolicy } from "../../policy";
import { stopTimeoutOf } from "../../task-containers";
import { numberOf } from "../../values";
import { CAPACITY_TYPES, groupsOfService, targetGroupsOf, TYPES } from "../../wiring";

/** Seconds that a target group waits for requests in flight where the program does not say. */
const DEFAULT_DEREGISTRATION_SECONDS = 300;

/**
 * The two times follow each other: ECS deregisters the task, waits until its target is unused, and only
 * then sends SIGTERM and waits for the stop.
 */
export const drainBudgetWithinDeadline = stackPolicy({
  name: "drain-budget-within-deadline",
  description: "A task leaves a Spot instance before AWS takes the instance back.",
  severity: "medium",
  levels: { dev: "advisory", prod: "mandatory" },
  frameworks: [],
  remediationSteps:
    "Lower deregistrationDelaySeconds, or stop_grace_period in app/compose.yaml, so that the two together fit the notice of a Spot interruption, or set onDemandPercentageAboveBase to 100.",
  url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html",
  reads: [...CAPACITY_TYPES, ...TARGET_GROUP_TYPES, TYPES.taskDefinition, TYPES.ecsService],
  check: (stack, { limits, violate }) => {
    stack.each(stack.ofType(TYPES.service), (service) => {
      const onSpot = groupsOfService(stack, service).some((group) => mayRunSpot(stack, group));
      if (!onSpot) {
        return;
      }
      // Target groups are left at the same time, so that the slowest one counts.
      const delay = Math.max(
        0,
        ...targetGroupsOf(stack, service).map(
          ({ props }) =>
            numberOf(props["deregistrationDelay"] ?? undefined) ?? DEFAULT_DEREGISTRATION_SECONDS,
        ),
      );
      const deadline = limits.spotDeadlineSeconds;
      const stop = delay > deadline ? undefined : stopTimeoutOf(stack, service);
      if (stop === undefined || delay + stop > deadline) {
        violate(
          {
            got: `a task takes ${String(delay)} s to be deregistered${
              stop === undefined
                ? " alone"
                : ` and ${String(stop)} s to stop, ${String(delay + stop)} s`
            }`,
            allowed: `at most ${String(deadline)} s on a group that may run Spot instances`,
            fix: "lower deregistrationDelaySeconds or stop_grace_period, or set onDemandPercentageAboveBase to 100",
          },
          service.urn,
        );
      }
    });
  },
});
