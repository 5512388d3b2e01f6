import { ask } from "./ask";
import {
  type Check,
  checkAnswer,
  checkFault,
  checkRollout,
  checkTargets,
  checkTasks,
} from "./checks";
import type { RunCommand } from "./run-command";
import { describeService, describeTargets, type ServiceEvent } from "./service-state";
import type { DeployedService } from "./stack-outputs";
import type { Patience } from "./wait";

/** What was found of a deployment. */
export interface Verification {
  readonly checks: readonly Check[];
  readonly holds: boolean;
  /** Newest first. */
  readonly events: readonly ServiceEvent[];
}

/** What a verification needs of the world around it. */
export interface Means {
  readonly run: RunCommand;
  /** HTTP status of an answer, or why there was none. */
  readonly get: (address: string) => Promise<number | string>;
  readonly patience: Patience;
  /** Gets every look at the service, or why there was none, while it is not yet as it should be. */
  readonly onLook: (checks: readonly Check[]) => void;
}

/**
 * Looks at a deployed service until everything holds, one thing has failed for good, or the patience ends.
 * A question that AWS may answer later is waited for as well.
 *
 * @param readiness path that the application answers with 200 when it is ready
 * @throws VerifyError where there is no answer to the last look
 */
export async function verifyStack(
  deployed: DeployedService,
  readiness: string,
  { run, get, patience, onLook }: Means,
): Promise<Verification> {
  for (;;) {
    const look = await ask(
      () => lookAt(deployed, readiness, run, get),
      patience,
      (fault) => {
        onLook([checkFault(fault.message)]);
      },
    );
    const failed = look.checks.some(({ result }) => result === "failed");
    if (look.holds || failed || !(await patience.wait())) return look;
    onLook(look.checks);
  }
}

async function lookAt(
  deployed: DeployedService,
  readiness: string,
  run: RunCommand,
  get: Means["get"],
): Promise<Verification> {
  const state = await describeService(run, deployed);
  const groups = await Promise.all(
    state.targetGroups.map((group) => describeTargets(run, deployed.region, group)),
  );
  const address = new URL(readiness, deployed.url).href;
  const checks = [
    ...checkRollout(state, deployed.taskDefinition),
    checkTasks(state),
    ...groups.map((targets) => checkTargets(targets, state.running)),
    checkAnswer(address, await get(address)),
  ];
  return { checks, holds: checks.every(({ result }) => result === "holds"), events: state.events };
}
