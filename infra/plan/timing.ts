import type { ContainerContract } from "../container-contract";
import type { StackConfig } from "../stack-config";
import type { PlanFaults } from "./faults";
import type { TargetPlan } from "./stack-plan";

/**
 * Time between the notice of a Spot interruption and the end of the instance.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html
 */
const SPOT_NOTICE_SECONDS = 120;

/**
 * Time between two decisions of the capacity provider to scale in: its alarm looks at 15 minutes. An instance
 * that drains longer is still counted when the next decision falls.
 *
 * @see https://aws.amazon.com/blogs/containers/deep-dive-on-amazon-ecs-cluster-auto-scaling/
 */
const SCALE_IN_SECONDS = 900;

/** A new task must be let alone until it has started and until the load balancer can have found it healthy. */
export function checkGracePeriod(
  config: StackConfig,
  container: ContainerContract,
  { intervalSeconds, healthyThreshold }: TargetPlan["healthCheck"],
  faults: PlanFaults,
): void {
  const grace = config.service.healthCheckGraceSeconds;
  const startPeriod = container.healthCheck?.startPeriodSeconds ?? 0;
  const firstHealthy = intervalSeconds * healthyThreshold;
  const needed = Math.max(startPeriod, firstHealthy);
  if (grace < needed) {
    faults.setting("healthCheckGraceSeconds", {
      got: String(grace),
      rule:
        startPeriod > firstHealthy
          ? `but ${container.file} gives the container ${startPeriod} s to start`
          : `but the load balancer needs ${healthyThreshold} checks every ${intervalSeconds} s, ${firstHealthy} s, to find a task healthy`,
      remedy: `raise it to ${needed} or more`,
    });
  }
}

/**
 * A stopping task first loses its target and waits for requests in flight, then gets SIGTERM and waits for its stop:
 * the sum must fit into what the instance has left.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-connection-draining.html
 */
export function checkDrain(
  config: StackConfig,
  container: ContainerContract,
  spot: boolean,
  faults: PlanFaults,
): void {
  const delay = config.loadBalancer.deregistrationDelaySeconds;
  const stop = container.stopTimeoutSeconds;
  const most = spot ? SPOT_NOTICE_SECONDS : SCALE_IN_SECONDS;
  if (delay + stop > most) {
    faults.setting("deregistrationDelaySeconds", {
      got: String(delay),
      rule:
        `but with the stop_grace_period of ${stop} s in ${container.file} a task takes ${delay + stop} s to leave, ` +
        (spot
          ? `and a Spot instance has ${most} s after its notice`
          : `and instances are scaled in every ${most} s`),
      remedy: spot
        ? `lower it to ${most - stop}, or set onDemandPercentageAboveBase to 100`
        : `lower it to ${most - stop}`,
    });
  }
}
