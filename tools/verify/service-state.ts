import { z } from "zod";
import { parseAnswer } from "./parse-answer";
import type { RunCommand } from "./run-command";
import type { DeployedService } from "./stack-outputs";
import { VerifyError } from "./verify-error";

/** What ECS says of a service. */
export interface ServiceState {
  readonly deployments: readonly Deployment[];
  /** Tasks that run, and tasks that should. */
  readonly running: number;
  readonly desired: number;
  /** Tasks that are starting. */
  readonly pending: number;
  readonly targetGroups: readonly string[];
  /** Newest first. */
  readonly events: readonly ServiceEvent[];
}

/** A deployment of a service. */
export interface Deployment {
  /** `PRIMARY` for the newest. */
  readonly status: string;
  /** ARN of its revision. */
  readonly taskDefinition: string;
  readonly rolloutState: string;
  /** Empty where ECS gives none. */
  readonly rolloutStateReason: string;
}

/** What ECS noted about a service. */
export interface ServiceEvent {
  /** In ISO 8601. */
  readonly at: string;
  readonly message: string;
}

/** A task, as the load balancer sees it. */
export interface Target {
  /** Instance or address, with its port. */
  readonly id: string;
  readonly state: string;
  /** Empty for a healthy one. */
  readonly reason: string;
}

/** What to do about an answer that cannot be read. */
const SEE = "run the last command above by itself to see it";

const described = z.object({
  failures: z.array(z.object({ arn: z.string().optional(), reason: z.string().optional() })),
  services: z.array(
    z.object({
      runningCount: z.number(),
      desiredCount: z.number(),
      pendingCount: z.number(),
      loadBalancers: z.array(z.object({ targetGroupArn: z.string().optional() })),
      deployments: z.array(
        z.object({
          status: z.string(),
          taskDefinition: z.string(),
          rolloutState: z.string().default(""),
          rolloutStateReason: z.string().default(""),
        }),
      ),
      events: z.array(
        z.object({ createdAt: z.union([z.string(), z.number()]), message: z.string() }),
      ),
    }),
  ),
});

/**
 * Asks ECS for the state of a service.
 *
 * @throws VerifyError where there is no such service
 */
export async function describeService(
  run: RunCommand,
  { region, cluster, service }: DeployedService,
): Promise<ServiceState> {
  const text = await run("aws", [
    ...["ecs", "describe-services", "--region", region, "--cluster", cluster],
    ...["--services", service, "--output", "json"],
  ]);
  const { services, failures } = parseAnswer(
    text,
    described,
    `the answer about service ${service}; ${SEE}`,
  );
  const [found] = services;
  if (found === undefined) {
    const reasons = failures.map(({ reason = "no reason given" }) => reason).join(", ");
    throw new VerifyError(
      `ECS knows no service ${service} in cluster ${cluster} of ${region} (${reasons}); check that the credentials are those of its account`,
    );
  }
  return {
    deployments: found.deployments,
    running: found.runningCount,
    desired: found.desiredCount,
    pending: found.pendingCount,
    targetGroups: [
      ...new Set(found.loadBalancers.flatMap(({ targetGroupArn }) => targetGroupArn ?? [])),
    ],
    events: found.events.map(({ createdAt, message }) => ({ at: timeOf(createdAt), message })),
  };
}

/** The AWS CLI writes seconds since 1970 where `cli_timestamp_format` is `wire`. */
const timeOf = (value: string | number): string =>
  typeof value === "number" ? new Date(value * 1000).toISOString() : value;

const health = z.object({
  TargetHealthDescriptions: z.array(
    z.object({
      Target: z.object({ Id: z.string(), Port: z.number().optional() }),
      TargetHealth: z.object({ State: z.string(), Reason: z.string().default("") }),
    }),
  ),
});

/** Asks the load balancer for the health of a target group's targets. */
export async function describeTargets(
  run: RunCommand,
  region: string,
  targetGroup: string,
): Promise<readonly Target[]> {
  const text = await run("aws", [
    ...["elbv2", "describe-target-health", "--region", region],
    ...["--target-group-arn", targetGroup, "--output", "json"],
  ]);
  const { TargetHealthDescriptions } = parseAnswer(
    text,
    health,
    `the answer about the targets of ${targetGroup}; ${SEE}`,
  );
  return TargetHealthDescriptions.map(({ Target: { Id, Port }, TargetHealth }) => ({
    id: Port === undefined ? Id : `${Id}:${String(Port)}`,
    state: TargetHealth.State,
    reason: TargetHealth.Reason,
  }));
}
