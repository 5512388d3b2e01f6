import type { ServiceState, Target } from "./service-state";

/** What must hold of a deployment. */
export interface Check {
  readonly title: string;
  /** `waiting` may still come right by itself; `failed` will not. */
  readonly result: "holds" | "waiting" | "failed";
  /** What was found, for a person. */
  readonly found: string;
}

/** Whether the revision that was deployed is the one that the service runs, and has been rolled out. */
export function checkRollout(state: ServiceState, taskDefinition: string): readonly Check[] {
  const primary = state.deployments.find(({ status }) => status === "PRIMARY");
  const others = state.deployments.filter((deployment) => deployment !== primary);
  const title = `the primary deployment runs ${shortArn(taskDefinition)}`;
  if (primary === undefined) {
    return [{ title, result: "failed", found: "the service has no primary deployment" }];
  }
  const { rolloutState, rolloutStateReason } = primary;
  return [
    {
      title,
      // ECS puts the earlier revision back by a new primary deployment.
      result: primary.taskDefinition === taskDefinition ? "holds" : "failed",
      found: shortArn(primary.taskDefinition),
    },
    {
      title: "its rollout is complete",
      result: resultOf(
        rolloutState === "COMPLETED" && others.length === 0,
        rolloutState === "FAILED",
      ),
      found: [
        rolloutStateReason === "" ? rolloutState : `${rolloutState}, ${rolloutStateReason}`,
        ...others.map((other) => `still ${other.status} ${shortArn(other.taskDefinition)}`),
      ].join("; "),
    },
  ];
}

/** Whether as many tasks run as should. */
export function checkTasks({ running, desired, pending }: ServiceState): Check {
  return {
    title: "as many tasks run as should",
    result: resultOf(running === desired && pending === 0 && desired > 0, false),
    found: `${String(running)} of ${String(desired)} run, ${String(pending)} pending`,
  };
}

/** Whether the load balancer sends requests to every task. */
export function checkTargets(targets: readonly Target[], running: number): Check {
  // What is draining is on its way out and has no part in the answer.
  const kept = targets.filter(({ state }) => state !== "draining");
  const healthy = kept.filter(({ state }) => state === "healthy");
  const ill = kept.filter(({ state }) => state !== "healthy");
  return {
    title: "every target is healthy",
    result: resultOf(ill.length === 0 && healthy.length > 0 && healthy.length >= running, false),
    found: [
      `${String(healthy.length)} healthy for ${String(running)} running tasks`,
      ...ill.map(({ id, state, reason }) => `${id} ${state}${reason === "" ? "" : ` (${reason})`}`),
    ].join("; "),
  };
}

/** Whether the application says that it is ready. */
export function checkAnswer(address: string, answer: number | string): Check {
  return {
    title: `GET ${address} answers 200`,
    result: resultOf(answer === 200, false),
    found: String(answer),
  };
}

/** Why a question had no answer, where it may have one later. */
export function checkFault(fault: string): Check {
  return {
    title: "every question is answered",
    result: "waiting",
    found: fault.replaceAll("\n", "\n  "),
  };
}

const resultOf = (holds: boolean, failed: boolean): Check["result"] =>
  holds ? "holds" : failed ? "failed" : "waiting";

/** `web-dev:7` of a task definition's ARN. */
const shortArn = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);
