/**
 * The task definition that the service runs, where it is the one that was deployed.
 *
 * ECS rolls a failed deployment back by itself and then reports a steady service, so that without
 * this check a deployment that was undone counts as a success. It needs a revision to go back to:
 * on the first deployment ECS stops starting tasks, the service never becomes steady, and the wait
 * for it fails the deployment instead.
 *
 * @param deployed ARN of the task definition that the service runs after the deployment
 * @param declared ARN of the task definition that the program declares
 * @throws Error where ECS went back to another revision
 */
export function requireDeployedRevision(deployed: string | undefined, declared: string): string {
  if (deployed === declared) {
    return declared;
  }
  throw new Error(
    `ecs rolled the deployment back: the service runs ${deployed ?? "no task definition"}, declared is ${declared}; ` +
      "look at the events of the service and the log of the stopped tasks, then deploy a fixed version",
  );
}
