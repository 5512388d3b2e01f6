import { type Environment, loadEnvironment } from "../../../app/src/environment";
import type { ContainerContract } from "../../../infra/container-contract";
import type { StackPlan } from "../../../infra/plan/stack-plan";
import type { FleetSettings } from "./fleet";
import type { TargetGroup } from "./target";

/** The times of a stack, load balancer and service alike, divided by the same factor. */
export interface ScaledTiming {
  readonly factor: number;
  readonly group: TargetGroup;
  readonly fleet: FleetSettings;
}

/**
 * Makes a stack `factor` times faster and leaves every ratio of two times as it is, so that a
 * restart takes seconds and still says whether the shipped times fit each other.
 */
export function scaleTiming(
  { container, plan }: { readonly container: ContainerContract; readonly plan: StackPlan },
  factor: number,
): ScaledTiming {
  const { target, idleTimeoutSeconds } = plan.loadBalancer;
  const { healthCheck, deregistrationDelaySeconds } = target;
  const scaled = (seconds: number) => Math.round((seconds * 1000) / factor);
  return {
    factor,
    group: {
      healthCheck: {
        path: healthCheck.path,
        intervalMilliseconds: scaled(healthCheck.intervalSeconds),
        timeoutMilliseconds: scaled(healthCheck.timeoutSeconds),
        healthyThreshold: healthCheck.healthyThreshold,
        unhealthyThreshold: healthCheck.unhealthyThreshold,
      },
      deregistrationDelayMilliseconds: scaled(deregistrationDelaySeconds),
      idleTimeoutMilliseconds: scaled(idleTimeoutSeconds),
    },
    fleet: {
      environment: {
        ...container.environment,
        ...scaleEnvironment(loadEnvironment(container.environment), scaled),
      },
      stopTimeoutMilliseconds: scaled(plan.service.container.stopTimeout),
    },
  };
}

function scaleEnvironment(
  { drainMilliseconds, stopMilliseconds, keepAliveMilliseconds }: Environment,
  scaled: (seconds: number) => number,
): Record<string, string> {
  return {
    APP_DRAIN_MILLISECONDS: String(scaled(drainMilliseconds / 1000)),
    APP_STOP_MILLISECONDS: String(scaled(stopMilliseconds / 1000)),
    APP_KEEP_ALIVE_MILLISECONDS: String(scaled(keepAliveMilliseconds / 1000)),
  };
}
